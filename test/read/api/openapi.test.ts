import { describe, expect, it } from 'vitest';
import { appOf, sample } from '../sample.ts';

interface Description {
  readonly openapi: string;
  readonly info: { readonly title: string };
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Record<
    string,
    {
      readonly get: {
        summary?: string;
        responses: object;
        parameters: { name: string; schema: { type: string; maximum?: number } }[];
      };
    }
  >;
  readonly components: { readonly schemas: object };
}

async function description(): Promise<Description> {
  const response = await appOf(await sample(), { origin: 'https://daybook.example', title: 'Our Daybook' }).request(
    '/openapi.json',
  );
  expect(response.status).toBe(200);
  return response.json() as Promise<Description>;
}

describe('the OpenAPI description', () => {
  it('lists every address of the API, as docs/addresses.md does (`-u` writes it)', async () => {
    const { openapi, paths, servers, info } = await description();
    expect(openapi).toBe('3.1.0');
    expect(servers).toEqual([{ url: 'https://daybook.example' }]);
    expect(info.title).toBe('Our Daybook API');
    const rows = Object.entries(paths)
      .map(([path, { get }]) => `| \`${path}\` | ${get.summary} |`)
      .sort();
    const list = ['# Addresses of the JSON API', '', '| address | answers |', '| --- | --- |', ...rows, ''].join('\n');
    await expect(list).toMatchFileSnapshot('../../../docs/addresses.md');
  });

  it('gives the purpose, answers and errors of every address', async () => {
    const { paths } = await description();
    for (const [path, item] of Object.entries(paths)) {
      expect(item.get.summary, path).toBeTruthy();
      const named = /\{ref\}|\/diff$/.test(path);
      const answers = named ? ['200', '302', '400', '404', '410'] : ['200', '400', '404'];
      expect(Object.keys(item.get.responses), path).toEqual(answers);
    }
  });

  it('describes the parameters as clients write them', async () => {
    const { paths } = await description();
    const parameters = new Map(paths['/api/changes']?.get.parameters.map((parameter) => [parameter.name, parameter]));
    expect([...parameters.keys()].sort()).toEqual([
      'after',
      'kind',
      'late',
      'limit',
      'order',
      'page',
      'since',
      'until',
    ]);
    expect(parameters.get('limit')?.schema).toMatchObject({ type: 'integer', maximum: 500 });
    expect(parameters.get('kind')?.schema.type).toBe('array');
    expect(parameters.get('since')?.schema.type).toBe('string');
  });

  it('has only references that resolve', async () => {
    const document = await description();
    const references = JSON.stringify(document).match(/#\/components\/schemas\/\w+/g) ?? [];
    expect(references.length).toBeGreaterThan(10);
    for (const reference of new Set(references)) {
      expect(document.components.schemas, reference).toHaveProperty(reference.split('/').at(-1) ?? '');
    }
  });
});
