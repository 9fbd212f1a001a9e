import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createHistoryStore } from '#adapters/aws/dynamodb/history-store.ts';
import { Table } from '#adapters/aws/dynamodb/table.ts';
import { ENV } from '#core/names.ts';
import { chroniclePage, inFolder, jsonLines, run, VALLEY } from '../support/cli.ts';
import { openDynamoTable } from '../support/dynamo-table.ts';
import { type LoopbackServer, listen } from '../support/loopback.ts';
import { startUp } from '../support/running-up.ts';

let site: LoopbackServer;
beforeEach(async () => {
  site = await listen('127.0.0.1', (_, response) =>
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(chroniclePage(VALLEY)),
  );
});
afterEach(() => site.close());

const once = (folder: string, ...more: string[]) =>
  run('up', ...more, '--once', '--port', '0', '--data', folder, '--json');
/** Edits the pages of a folder by the command, and gives what it printed. */
const editsIn =
  (folder: string) =>
  async (...argv: string[]) => {
    const ran = await run('pages', ...argv, '--data', folder, '--json');
    expect({ argv, code: ran.code, err: ran.err }).toEqual({ argv, code: 0, err: '' });
    return JSON.parse(ran.out);
  };
const pagesIn = async (folder: string) =>
  JSON.parse((await run('pages', '--data', folder, '--json')).out).items as Record<string, unknown>[];

describe('the list of pages in a data folder', () => {
  it('is changed by commands, and up follows it', async () => {
    await inFolder(async (folder) => {
      await once(folder, site.url('/alder.htm'));
      const edit = editsIn(folder);
      const mill = { id: 'mill', url: site.url('/mill.htm'), name: 'The mill' };
      expect(await edit('add', mill.url, '--name', 'Mill', '--every', '60')).toEqual({
        ...mill,
        name: 'Mill',
        outcome: 'added',
      });
      expect(await edit('rename', 'mill', 'The mill')).toEqual({ ...mill, outcome: 'renamed' });
      expect(jsonLines((await once(folder)).out).slice(1)).toMatchObject([{ page: 'mill', outcome: 'first' }]);
      expect(await pagesIn(folder)).toMatchObject([
        { id: 'alder', source: 'config' },
        { ...mill, source: 'added', revisions: 1 },
      ]);
      expect(await edit('pause', 'alder')).toMatchObject({ outcome: 'paused' });
      expect((await run('pages', '--data', folder)).out).toMatch(/alder +│ paused +│ config/);
      expect(await edit('resume', 'alder')).toMatchObject({ outcome: 'resumed' });
      expect(await edit('remove', 'mill')).toMatchObject({ outcome: 'removed' });
      expect(jsonLines((await once(folder)).out).slice(1)).toMatchObject([{ page: 'alder' }]);
      expect((await run('pages', '--data', folder)).out).toMatch(/mill +│ retired +│ - /);
      expect(await edit('add', mill.url)).toEqual({ ...mill, outcome: 'continued' });
      expect((await run('revisions', 'mill', '--data', folder, '--json')).code).toBe(0);
    });
  });

  it('is printed as text, with options before or after the command', async () => {
    await inFolder(async (folder) => {
      await once(folder, site.url('/alder.htm'));
      const added = await run('pages', '--data', folder, 'add', site.url('/mill.htm'));
      expect(added.out).toBe(`mill  added, and checked from now on (${site.url('/mill.htm')})\n`);
      expect((await run('pages', 'remove', 'mill', '--data', folder)).out).toMatch(/^mill {2}removed; its history/);
    });
  });

  it.each<[string, readonly string[], RegExp]>([
    ['bad-url', ['add', 'mill'], /url: give an absolute http.*\(given: "mill"\)/],
    ['host-not-allowed', ['add', 'https://other.example/'], /"other\.example" .*127\.0\.0\.1.*"daybook up <url>"/],
    ['duplicate-page', ['add', 'SITE/alder.htm', '--id', 'b'], /page "alder" of the configuration/],
    ['duplicate-page', ['add', 'SITE/mill.htm', '--id', 'alder'], /"alder" is the one of/],
    ['not-found', ['pause', 'nobody'], /"nobody"/],
    ['configured', ['remove', 'alder'], /"alder".*in the configuration/],
    ['usage', ['add', 'SITE/mill.htm', '--every', '1'], /--every: "1" is not a whole number from 5 to/],
    ['usage', ['add', 'SITE/mill.htm', '--config', 'x.json'], /--config goes with --aws/],
    ['usage', ['pause', 'alder', '--server', 'http://127.0.0.1:9'], /a reader cannot be changed/],
  ])('a wrong command gives exit code 2 and %s: %j', async (code, argv, message) => {
    await inFolder(async (folder) => {
      await once(folder, site.url('/alder.htm'));
      const before = await pagesIn(folder);
      const ran = await run('pages', ...argv.map((one) => one.replace('SITE', site.url(''))), '--data', folder);
      expect({ code: ran.code, out: ran.out }).toEqual({ code: 2, out: '' });
      expect(ran.err).toMatch(message);
      expect(ran.err).toContain(`[${code}]`);
      expect(await pagesIn(folder)).toEqual(before);
    });
  });
});

describe('a series in a data folder', () => {
  it('is added, paused, removed and added again by commands, and up follows', async () => {
    await inFolder(async (folder) => {
      await once(folder, site.url('/alder.htm'));
      const edit = editsIn(folder);
      const states = async () => {
        const listed = JSON.parse((await run('pages', '--data', folder, '--json')).out);
        const members = (listed.items as { series: string | null }[]).filter(({ series }) => series === 'mill');
        return { members, series: listed.series };
      };
      const pattern = site.url('/mill-{yyyy}-{MM}.htm');
      const add = ['add', pattern, '--from', '2022-01', '--until', '2022-02', '--name', 'The mill'];
      expect(await edit(...add)).toEqual({ id: 'mill', pattern, name: 'The mill', outcome: 'added' });
      expect(jsonLines((await once(folder)).out).slice(1)).toMatchObject([
        { page: 'mill-2022-01', outcome: 'first' },
        { page: 'mill-2022-02', outcome: 'first' },
      ]);
      const member = { source: 'added', retired: false, paused: false, revisions: 1 };
      expect(await states()).toMatchObject({
        members: [member, member],
        series: [
          { id: 'mill', state: 'tracked', pattern, name: 'The mill', from: '2022-01', until: '2022-02', hub: null },
        ],
      });
      expect((await run('pages', '--data', folder)).out).toMatch(/mill +│ tracked +│ 2022-01 +│ 2022-02/);
      for (const [action, state, shown] of [
        ['pause', 'paused', { paused: true, source: 'added' }],
        ['remove', 'removed', { retired: true, source: null, revisions: 1 }],
      ] as const) {
        await edit(action, 'mill');
        await once(folder);
        expect(await states()).toMatchObject({ members: [shown, shown], series: [{ state }] });
      }
      expect(await edit(...add.slice(0, 6))).toMatchObject({ name: 'The mill', outcome: 'continued' });
      await once(folder);
      expect(await states()).toMatchObject({ members: [member, member] });

      const other = join(folder, 'other');
      expect((await run('rebuild', '--data', folder, '--into', other)).code).toBe(0);
      expect(JSON.parse((await run('pages', '--data', other, '--json')).out)).toMatchObject({
        series: [{ id: 'mill', state: 'tracked', name: 'The mill', until: '2022-02' }],
      });
      expect((await run('verify', '--data', other)).code).toBe(0);
    });
  });

  it.each<[string, readonly string[], RegExp]>([
    ['bad-pattern', ['SITE/{yyyy}.htm', '--from', '2022-01'], /must hold \{yyyy\} \(or \{yy\}\) and \{MM\}/],
    ['bad-pattern', ['SITE/mill.htm', '--from', '2022-01'], /must hold/],
    ['usage', ['SITE/{yyyy}-{MM}.htm'], /from: give a month as YYYY-MM/],
    ['usage', ['SITE/{yyyy}-{MM}.htm', '--from', '2022-05', '--until', '2022-04'], /until: must not be before "from"/],
    ['usage', ['SITE/{yyyy}-{MM}.htm', '--from', '2022-05', '--every', '60'], /--every are for a page/],
    ['host-not-allowed', ['https://other.example/{yyyy}-{MM}', '--from', '2022-01'], /"other\.example" is not allowed/],
    ['bad-hub', ['SITE/{yyyy}-{MM}.htm', '--from', '2022-01', '--hub', 'nobody'], /"nobody"/],
  ])('is refused with exit code 2 and %s: %j', async (code, argv, message) => {
    await inFolder(async (folder) => {
      await once(folder, site.url('/alder.htm'));
      const typed = argv.map((one) => one.replace('SITE', site.url('')));
      const ran = await run('pages', 'add', ...typed, '--data', folder);
      expect({ code: ran.code, out: ran.out }).toEqual({ code: 2, out: '' });
      expect(ran.err).toMatch(message);
      expect(ran.err).toContain(`[${code}]`);
      expect(JSON.parse((await run('pages', '--data', folder, '--json')).out).series).toEqual([]);
    });
  });
});

describe('while up runs', () => {
  it('an added page is checked without a restart, a wrong one is refused with the same message, and no one else may add', async () => {
    await inFolder(async (folder) => {
      const up = await startUp(site.url('/alder.htm'), folder);
      onTestFinished(() => up.kill());
      const url = site.url('/mill.htm');
      const body = JSON.stringify({ action: 'add', url });
      for (const headers of [{}, { authorization: 'Bearer 0' }, { authorization: `Bearer ${'0'.repeat(64)}` }]) {
        const { status } = await fetch(`${up.reader}control/pages`, { method: 'POST', headers, body });
        expect(status).toBe(405);
      }
      expect((await stat(join(folder, 'owner.json'))).mode & 0o077).toBe(0);
      expect(await pagesIn(folder)).toHaveLength(1);

      const refused = await run('pages', 'add', 'https://other.example/', '--data', folder);
      expect(refused).toMatchObject({ code: 2, err: expect.stringMatching(/"other\.example".*\[host-not-allowed\]/) });
      expect(await run('pages', 'add', url, '--data', folder)).toMatchObject({ code: 0, err: '' });
      expect(await up.next()).toMatchObject({ page: 'mill', outcome: 'first' });
      const months = ['--from', '2022-01', '--until', '2022-01'];
      const series = ['pages', 'add', site.url('/m-{yyyy}-{MM}.htm'), ...months, '--data', folder];
      expect(await run(...series)).toMatchObject({ code: 0, err: '' });
      expect(await up.next()).toMatchObject({ page: 'm-2022-01', outcome: 'first' });
      expect(await run(...series)).toMatchObject({
        code: 2,
        err: expect.stringMatching(/series "m" \[duplicate-page\]/),
      });
      const { secret } = JSON.parse(await readFile(join(folder, 'owner.json'), 'utf8')) as { secret: string };
      expect(secret).toMatch(/^[0-9a-f]{64}$/);
      expect(JSON.stringify(await pagesIn(folder))).not.toContain(secret);
    });
  });
});

describe('a deployed store', () => {
  it('is changed with the environment of the stack and the deployed configuration', async () => {
    const table = await openDynamoTable();
    onTestFinished(() => table.close());
    await inFolder(async (folder) => {
      const config = join(folder, 'daybook.config.json');
      await writeFile(config, JSON.stringify({ fetch: { hosts: ['mills.example'] } }));
      for (const [name, value] of [
        [ENV.table, table.name],
        [ENV.bucket, 'unused'],
        ['AWS_ENDPOINT_URL_DYNAMODB', table.endpoint],
        ['AWS_REGION', 'local'],
        ['AWS_ACCESS_KEY_ID', 'local'],
        ['AWS_SECRET_ACCESS_KEY', 'local'],
      ]) {
        vi.stubEnv(name ?? '', value);
      }
      onTestFinished(() => void vi.unstubAllEnvs());
      const deployed = (...argv: string[]) => run('pages', ...argv, '--aws', '--config', config);
      const refused = await deployed('add', 'https://other.example/');
      expect(refused.err).toMatch(/"other\.example" is not allowed \(allowed: mills\.example, www\.mills\.example\)/);
      expect(refused.err).toContain(`add it to "fetch.hosts" in ${config}, then deploy again`);
      expect(await deployed('add', 'https://mills.example/a.htm')).toMatchObject({ code: 0, err: '' });
      expect(await deployed('pause', 'a')).toMatchObject({ code: 0, err: '' });
      const pattern = 'https://mills.example/{yyyy}-{MM}.htm';
      expect(await deployed('add', pattern, '--from', '2022-01', '--id', 'm')).toMatchObject({ code: 0, err: '' });
      expect(await deployed('pause', 'm')).toMatchObject({ code: 0, err: '' });
      expect(await createHistoryStore(new Table(table.client, table.name)).series()).toMatchObject([
        { id: 'm', record: { series: { pattern, from: '2022-01' }, paused: true, version: 2 } },
      ]);
      expect(await createHistoryStore(new Table(table.client, table.name)).check('a')).toMatchObject({
        paused: true,
        added: { every: null },
        version: 2,
      });
    });
  });
});
