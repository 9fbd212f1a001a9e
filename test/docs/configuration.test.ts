import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { configSchema } from '#core/config.ts';

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

/** The fields of a schema as the document writes them: `series[].pattern`, `fetch.hosts`. */
function fieldsOf({ properties, items }: Schema, path = ''): string[] {
  if (items?.properties !== undefined) return fieldsOf(items, `${path}[]`);
  if (properties === undefined) return [path];
  return Object.entries(properties).flatMap(([name, one]) => fieldsOf(one, path === '' ? name : `${path}.${name}`));
}

/** The fields that the first cells of a table name: `series[].from`, `until` are two fields of one thing. */
function documented(markdown: string): string[] {
  return [...markdown.matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, cell = '']) => {
    const [first = '', ...others] = [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
    const before = first.slice(0, first.lastIndexOf('.') + 1);
    return [first, ...others.map((name) => `${before}${name}`)];
  });
}

describe('the table of the configuration', () => {
  it('has every field of the schema, and no other', async () => {
    const schema = z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' }) as Schema;
    const fields = fieldsOf(schema);
    expect(fields.length).toBeGreaterThan(30);
    const rows = documented(await readFile('docs/reference/configuration.md', 'utf8'));
    expect(rows.toSorted()).toEqual(fields.toSorted());
  });
});
