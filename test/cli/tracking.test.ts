import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configOf, loadTracking, nextTracking, saveTracking } from '#cli/tracking.ts';
import { inFolder } from '../support/cli.ts';

const NOTHING = { urls: [], config: null };

describe('what a data folder tracks', () => {
  it('adds typed addresses, each once', () => {
    const one = nextTracking(NOTHING, ['https://example.org/a.htm'], undefined);
    const two = nextTracking(one, ['https://example.org/b.htm', 'https://EXAMPLE.org/a.htm'], undefined);
    expect(two).toEqual({ urls: ['https://example.org/a.htm', 'https://example.org/b.htm'], config: null });
    expect(nextTracking(two, [], undefined)).toEqual(two);
  });

  it('is replaced by a named configuration, and keeps it', () => {
    const typed = nextTracking(NOTHING, ['https://example.org/a.htm'], undefined);
    const named = nextTracking(typed, [], '/etc/daybook.json');
    expect(named).toEqual({ urls: [], config: '/etc/daybook.json' });
    expect(nextTracking(named, [], undefined)).toEqual(named);
  });

  it('refuses an address when a configuration names the pages', () => {
    const named = { urls: [], config: '/etc/daybook.json' };
    expect(() => nextTracking(named, ['https://example.org/a.htm'], undefined)).toThrow(
      'This folder tracks the pages of /etc/daybook.json',
    );
  });

  it('holds an address once, with or without a fragment', () => {
    const urls = ['https://example.org/a.htm#top', 'https://example.org/a.htm'];
    expect(nextTracking(NOTHING, urls, undefined).urls).toEqual(['https://example.org/a.htm']);
  });

  it.each([
    [['ftp://example.org/'], undefined, '"ftp://example.org/" is not an http or https address'],
    [['example.org'], undefined, '"example.org" is not an http or https address'],
    [['https://example.org/'], 'a.json', 'Give addresses or --config, not both'],
  ])('refuses %j with config %j', (urls, config, message) => {
    expect(() => nextTracking(NOTHING, urls, config)).toThrow(message);
  });

  it('is kept in the folder', async () => {
    await inFolder(async (folder) => {
      expect(await loadTracking(folder)).toEqual(NOTHING);
      const tracking = { urls: ['https://example.org/a.htm'], config: null };
      await saveTracking(folder, tracking);
      expect(await loadTracking(folder)).toEqual(tracking);
      for (const broken of ['{', '{"urls":"x","config":5}']) {
        await writeFile(join(folder, 'tracking.json'), broken);
        // The history stays: a new folder would begin another.
        await expect(loadTracking(folder)).rejects.toThrow('cannot be read: delete it, and name the pages again');
      }
    });
  });
});

describe('the configuration made of typed addresses', () => {
  it('names each page after its file and keeps equal names apart', async () => {
    const urls = [
      'https://example.org/wmd/ops/crisis-2022-01.htm',
      'https://example.org/other/crisis-2022-01.html',
      'https://example.org/',
      'https://example.org/News%20Today.aspx',
      'http://[::1]:8080/',
    ];
    const { pages } = await configOf({ urls, config: null });
    expect(pages.map((page) => page.id)).toEqual([
      'crisis-2022-01',
      expect.stringMatching(/^crisis-2022-01-[0-9a-f]{6}$/),
      'example.org',
      'news-20today',
      '1',
    ]);
  });

  it('allows typed ports, and loopback only where it was typed', async () => {
    const far = await configOf({ urls: ['https://example.org:8443/a'], config: null });
    expect(far.fetch).toMatchObject({ ports: [80, 443, 8443], allowLoopback: false });
    const near = await configOf({ urls: ['http://127.0.0.1:8080/a'], config: null });
    expect(near.fetch).toMatchObject({ ports: [80, 443, 8080], allowLoopback: true });
  });

  it('pauses between requests to any site except this machine', async () => {
    const gap = async (...urls: string[]) => (await configOf({ urls, config: null })).fetch.minGapSeconds;
    expect(await gap('http://127.0.0.1:8080/a', 'http://[::1]:8081/b')).toBe(0);
    expect(await gap('https://example.org/a')).toBe(2);
    expect(await gap('http://127.0.0.1:8080/a', 'https://example.org/a')).toBe(2);
  });
});

describe('a configuration file', () => {
  const config = { pages: [{ id: 'a', url: 'https://example.org/a.htm' }] };

  it.each([
    ['daybook.config.json', JSON.stringify(config)],
    ['marked.json', `\u{feff}${JSON.stringify(config)}`],
    ['daybook.config.mjs', `export default ${JSON.stringify(config)};`],
    ['daybook.config.ts', `const config: { pages: unknown[] } = ${JSON.stringify(config)};\nexport default config;`],
  ])('may be %s', async (name, content) => {
    await inFolder(async (folder) => {
      await writeFile(join(folder, name), content);
      const { pages } = await configOf({ urls: [], config: join(folder, name) });
      expect(pages).toMatchObject([{ id: 'a', url: 'https://example.org/a.htm', rolling: false }]);
    });
  });

  it.each([
    ['my.config.ts', 'daybook/config'],
    ['my.config.mjs', 'daybook/config'],
    ['my.config.js', 'daybook/config'],
    ['my.config.ts', '#core/config.ts'],
  ])('%s may import %s in a folder where no such package is', async (name, specifier) => {
    await inFolder(async (folder) => {
      const text = `import { defineConfig } from '${specifier}';\nexport default defineConfig(${JSON.stringify(config)});`;
      await writeFile(join(folder, name), text);
      expect((await configOf({ urls: [], config: join(folder, name) })).pages).toMatchObject(config.pages);
    });
  });

  it.each([
    ['lost.ts', "import 'no-such-package';\nexport default {};", /cannot be loaded: .*no-such-package/],
    ['missing.json', null, /There is no configuration .*missing\.json: name the file with --config/],
    ['missing.ts', null, /There is no configuration .*missing\.ts: name the file with --config/],
    ['broken.json', '{', /cannot be loaded/],
    ['config.yaml', 'pages: []', /must be a \.ts, \.js, \.mjs or \.json file/],
    [
      'wrong.json',
      '{"pages":[{"id":"A b","url":"https://example.org/"}]}',
      /pages\[0\]\.id: use 1-80 of .* \(given: "A b"\)/,
    ],
    ['typo.json', '{"pages":[],"page":[]}', /Unrecognized key: "page"/],
  ])('%s is refused, and the message gives the fault', async (name, content, message) => {
    await inFolder(async (folder) => {
      await mkdir(folder, { recursive: true });
      if (content !== null) await writeFile(join(folder, name), content);
      await expect(configOf({ urls: [], config: join(folder, name) })).rejects.toThrow(message);
    });
  });
});
