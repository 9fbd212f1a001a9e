import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';

const SOURCE = 'src/app/doctor';
const FINDING = /\b(?:ok|note|warning|fault)\(\s*'([a-z ]+)'/g;

describe('the documentation of the doctor', () => {
  it('names every check that findings have', async () => {
    const names = new Set<string>();
    for (const file of await readdir(SOURCE)) {
      for (const [, name] of (await readFile(`${SOURCE}/${file}`, 'utf8')).matchAll(FINDING)) names.add(name ?? '');
    }
    expect(names.size).toBeGreaterThan(15);
    const text = await readFile('docs/doctor.md', 'utf8');
    const table = text.slice(text.indexOf('## What is checked'));
    expect([...names].filter((name) => !table.includes(`\`${name}\``))).toEqual([]);
  });
});
