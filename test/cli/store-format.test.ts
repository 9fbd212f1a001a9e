import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openAnyFormat, openLocalStore } from '#adapters/local/compose.ts';
import { openNextTable } from '#adapters/local/next-table.ts';
import { completeNextTable } from '#adapters/local/table-folders.ts';
import { rebuild } from '#app/history/rebuild.ts';
import { documentKey } from '#app/objects/documents.ts';
import { withFormat } from '#app/store-format.ts';
import { packGzip } from '#core/evidence/gzip.ts';
import { canonicalJson, sha256 } from '#core/history/canonical.ts';
import { PARSER_VERSION, STORE_FORMAT } from '#core/names.ts';
import { inFolder, jsonLines, run, VALLEY, chroniclePage as valleyPage } from '../support/cli.ts';
import { listen } from '../support/loopback.ts';
import { chroniclePage, REPORTS } from '../support/sample-pages.ts';

/** Two imported pages of a few revisions each. */
async function importTwo(folder: string, data: string): Promise<void> {
  for (const page of ['harbour-2022-01', 'meadow-2022-01']) {
    const captures = join(folder, page);
    await mkdir(captures);
    const files = [];
    for (let index = 0; index < 4; index += 1) {
      const file = `${index}.html`;
      await writeFile(join(captures, file), chroniclePage(REPORTS.slice(0, 4 + index)));
      files.push({ file, fetchedAt: `2022-01-${String(14 + index)}T10:00:00Z` });
    }
    const url = `https://chronicle.example/${page}.htm`;
    await writeFile(join(captures, 'meta.json'), JSON.stringify({ url, captures: files }));
    expect(await run('import', captures, '--data', data)).toMatchObject({ code: 0, err: '' });
  }
}

/** Gives the store a table with its pages as one from before formats had numbers holds them, or one of a given format. */
async function mark(data: string, format: number | null): Promise<void> {
  const before = await openAnyFormat(data);
  const checks = await before.history.checks();
  await before.close();
  await rm(join(data, 'table'), { recursive: true });
  const { history, close } = await openAnyFormat(data);
  for (const check of checks) await history.putCheck(check, null);
  if (format !== null) await history.markFormat({ format, writtenBy: '9.9.9' });
  await close();
}

const csvOf = async (data: string) => (await run('export', '--format', 'csv', '--data', data)).out;
const folders = async (data: string) => (await readdir(data)).filter((name) => name.startsWith('table')).sort();

describe('a data folder of another format', () => {
  it('is refused by every command that reads or writes the history, in one line with what to do', async () => {
    await inFolder(async (folder) => {
      const data = join(folder, 'data');
      await importTwo(folder, data);
      for (const [format, message] of [
        [null, `has format 1 .* needs format ${STORE_FORMAT}: run "daybook rebuild --data `],
        [STORE_FORMAT + 1, 'written by 9.9.9.*install a newer version'],
      ] as const) {
        await mark(data, format);
        for (const argv of [
          ['pages'],
          ['timeline'],
          ['show', 'harbour-2022-01'],
          ['quarantine'],
          ['verify'],
          ['export', '--format', 'json'],
          ['reparse'],
          ['import', join(folder, 'harbour-2022-01')],
          ['up', 'http://127.0.0.1:9/x.htm', '--once', '--port', '0'],
          ...(format === null ? [] : [['rebuild'], ['rebuild', '--into', join(folder, 'other')]]),
        ]) {
          const ran = await run(...argv, '--data', data);
          expect({ argv, code: ran.code, out: ran.out }).toEqual({ argv, code: 1, out: '' });
          expect(ran.err).toMatch(new RegExp(`^daybook: .*${message}.*\\[store-format\\]\\n$`));
        }
      }
    });
  });
});

describe('the rebuild of an older data folder', () => {
  it('gives the same history in this format, keeps objects and the older table, and verifies', async () => {
    await inFolder(async (folder) => {
      const data = join(folder, 'data');
      await importTwo(folder, data);
      const history = await csvOf(data);
      await mark(data, null);
      // A document as format 1 wrote it: what it names is in no item any more.
      const store = await openAnyFormat(data);
      const document = {
        pageId: 'harbour-2022-01',
        number: 1,
        paragraphs: [],
        gone: [],
        fingerprints: ['0'.repeat(16)],
      };
      const bytes = Buffer.from(canonicalJson(document));
      const key = documentKey({ ...document, document: sha256(bytes) });
      await store.objects.putOnce(key, packGzip(bytes), 'application/gzip');
      await store.close();

      const page = await run('rebuild', '--data', data, '--page', 'harbour-2022-01');
      expect(page).toMatchObject({ code: 2, err: expect.stringContaining('leave --page out') });
      const ran = await run('rebuild', '--data', data);
      expect(ran).toMatchObject({ code: 0, err: '' });
      expect(ran.out).toContain('no alert is sent');
      expect(ran.out).toContain('table.old');
      expect(await csvOf(data)).toBe(history);
      expect(await folders(data)).toEqual(['table', 'table.old']);
      const verified = await run('verify', '--data', data, '--json');
      expect(verified.code).toBe(0);
      expect(jsonLines(verified.out).at(-1)).toMatchObject({ findings: 0, leftovers: 1 });
      expect(await run('rebuild', '--data', data)).toMatchObject({
        code: 1,
        err: expect.stringContaining('[not-empty]'),
      });
      // A later upgrade keeps its older table as well.
      await mark(data, null);
      expect(await run('rebuild', '--data', data)).toMatchObject({ code: 0 });
      expect(await folders(data)).toEqual(['table', 'table.old', 'table.old-2']);
      expect(await csvOf(data)).toBe(history);
    });
  });

  it('keeps the pages that commands added or paused, also one that was never seen', async () => {
    await inFolder(async (folder) => {
      const data = join(folder, 'data');
      await importTwo(folder, data);
      const before = await openLocalStore(data);
      const [harbour, meadow] = await before.history.checks();
      if (harbour === undefined || meadow === undefined) throw new Error('two pages were imported');
      const added = { every: 60 };
      await before.history.putCheck({ ...harbour, retired: false, added }, harbour);
      const unseen = { ...harbour, page: { ...harbour.page, id: 'unseen', name: 'Unseen' } };
      await before.history.putCheck({ ...unseen, retired: false, added, paused: true }, null);
      await before.close();
      await mark(data, null);
      expect(await run('rebuild', '--data', data)).toMatchObject({ code: 0, err: '' });
      const after = JSON.parse((await run('pages', '--data', data, '--json')).out).items;
      expect(after).toMatchObject([
        { id: 'harbour-2022-01', source: 'added', paused: false, revisions: 4 },
        { id: 'meadow-2022-01', source: null, retired: true, revisions: 4 },
        { id: 'unseen', name: 'Unseen', source: 'added', paused: true, revisions: 0 },
      ]);
      expect(await run('verify', '--data', data)).toMatchObject({ code: 0 });
    });
  });

  it('is also the way out where the table shows nothing, although there are captures', async () => {
    await inFolder(async (folder) => {
      const data = join(folder, 'data');
      await importTwo(folder, data);
      const history = await csvOf(data);
      await rm(join(data, 'table'), { recursive: true });
      // A command made an empty table, or an earlier version keeps its own in a way that this one cannot see.
      await (await openAnyFormat(data)).close();
      for (const argv of [['pages'], ['verify'], ['up', 'http://127.0.0.1:9/x.htm', '--once', '--port', '0']]) {
        const ran = await run(...argv, '--data', data);
        expect({ argv, code: ran.code, out: ran.out }).toEqual({ argv, code: 1, out: '' });
        expect(ran.err).toMatch(
          /is empty, but there are captures: .*run "daybook rebuild --data .*\[store-format\]\n$/,
        );
      }
      expect(await run('rebuild', '--data', data)).toMatchObject({ code: 0, err: '' });
      expect(await csvOf(data)).toBe(history);
      expect(await folders(data)).toEqual(['table', 'table.old']);
      // One that was lost is filled where it is.
      await rm(join(data, 'table'), { recursive: true });
      expect(await run('rebuild', '--data', data)).toMatchObject({ code: 0, err: '' });
      expect(await csvOf(data)).toBe(history);
      expect(await folders(data)).toEqual(['table', 'table.old']);
    });
  });

  it('continues after an interruption in the middle of a page, and finishes a swap that was interrupted', async () => {
    await inFolder(async (folder) => {
      const data = join(folder, 'data');
      await importTwo(folder, data);
      const history = await csvOf(data);
      await mark(data, null);
      const store = await openAnyFormat(data);
      const next = await openNextTable(data);
      const place = { name: data, remedy: '' };
      const deps = {
        source: store.objects,
        objects: store.objects,
        history: withFormat(next.history, place),
        parser: PARSER_VERSION,
        inUse: false,
        now: () => new Date(),
      };
      for await (const step of rebuild(deps, new Map())) if (step.pageId === 'meadow-2022-01' && step.done === 2) break;
      await next.close();
      await store.close();
      // The older table is still the one in use.
      expect(await run('pages', '--data', data)).toMatchObject({ err: expect.stringContaining('[store-format]') });
      const ran = await run('rebuild', '--data', data, '--json');
      expect(jsonLines(ran.out)).toMatchObject([
        { page: 'harbour-2022-01', skipped: true },
        { page: 'meadow-2022-01', skipped: false, revisions: 4 },
        { type: 'summary' },
      ]);
      expect(await csvOf(data)).toBe(history);
      expect((await run('verify', '--data', data)).code).toBe(0);

      // The process ends after it declared the table complete, or between the two renames.
      for (const moved of [false, true]) {
        await rename(join(data, 'table'), join(data, 'table.next'));
        await rename(join(data, 'table.old'), join(data, 'table'));
        await completeNextTable(data);
        if (moved) await rename(join(data, 'table'), join(data, 'table.old'));
        expect(await run('pages', '--data', data)).toMatchObject({ code: 0, err: '' });
        expect(await folders(data)).toEqual(['table', 'table.old']);
        expect(await csvOf(data)).toBe(history);
      }
    });
  });

  it('sends no alert, neither then nor at the next checks, and the page is tracked on', async () => {
    let html = valleyPage(VALLEY.slice(0, 1));
    const site = await listen('127.0.0.1', (_, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html);
    });
    try {
      await inFolder(async (data) => {
        const up = async (...more: string[]) => {
          const ran = await run('up', ...more, '--once', '--port', '0', '--data', data);
          expect({ code: ran.code, err: ran.err }).toEqual({ code: 0, err: '' });
          return ran.out;
        };
        const dueNow = async () => {
          const { history, close } = await openLocalStore(data);
          for (const check of await history.checks())
            await history.putCheck({ ...check, dueAt: new Date().toISOString() }, check);
          await close();
        };
        await up(site.url('/alder-2023-05.htm'));
        html = valleyPage(VALLEY.slice(0, 2));
        await dueNow();
        expect(await up()).toContain('1 added');
        await mark(data, null);
        expect(await run('rebuild', '--data', data)).toMatchObject({ code: 0, err: '' });
        const { history, close } = await openLocalStore(data);
        const alerts = await history.alerts('alder-2023-05');
        const reasons = alerts.flatMap(({ suppressed }) => suppressed.map(({ reason }) => reason));
        expect([alerts.some(({ sent }) => sent), new Set(reasons)]).toEqual([false, new Set(['rebuilt'])]);
        await close();
        expect(await up()).toContain('alder-2023-05  unchanged');
        html = valleyPage(VALLEY);
        await dueNow();
        expect(await up()).toContain('1 added');
        const after = await openLocalStore(data);
        const sent = (await after.history.alerts('alder-2023-05')).filter((alert) => alert.sent);
        expect(sent).toHaveLength(1);
        await after.close();
      });
    } finally {
      await site.close();
    }
  });
});
