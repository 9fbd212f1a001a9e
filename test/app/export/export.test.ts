import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type ExportFormat, exportPages } from '#app/export/export.ts';
import { rebuild } from '#app/history/rebuild.ts';
import { carryOut, planImport } from '#app/import/import.ts';
import { takeIn } from '#app/import/take-in.ts';
import { storeCapture } from '#app/objects/captures.ts';
import { loadDocument } from '#app/objects/documents.ts';
import { verify } from '#app/verify/verify.ts';
import { apply } from '#core/diff/apply.ts';
import type { Change } from '#core/diff/types.ts';
import { UsageError } from '#core/errors.ts';
import { readWarc } from '#core/evidence/warc-read.ts';
import { DEFAULT_HEALTH_POLICY } from '#core/health/step.ts';
import { chroniclePage } from '../../support/sample-pages.ts';
import { eventfulCaptures, issues, PAGE, reports, Watched } from '../../support/watched.ts';

interface Line {
  readonly type: string;
  readonly revision: number;
  readonly number: number;
  readonly id: string;
  readonly text: string;
}

const ALL = { from: null, to: null };
const now = () => new Date('2023-01-01T00:00:00Z');

async function exported(
  store: Watched,
  format: ExportFormat,
  period: { from: string | null; to: string | null } = ALL,
) {
  const parts: Buffer[] = [];
  const { history, objects } = store;
  for await (const part of exportPages({ history, objects }, [PAGE.id], format, period))
    parts.push(Buffer.from(part as Uint8Array));
  return Buffer.concat(parts);
}

const linesOf = (bytes: Buffer) =>
  bytes
    .toString('utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

async function importWarc(bytes: Uint8Array, page = PAGE): Promise<Watched> {
  const store = new Watched();
  const ids = new Set<string>();
  for await (const record of readWarc(
    (async function* () {
      yield bytes;
    })(),
  )) {
    if ('skipped' in record) throw new Error(record.skipped);
    const { origin, context, ...foreign } = record;
    const accepted = context?.accepted === true;
    ids.add((await takeIn(store.objects, PAGE.id, { ...foreign, id: origin?.id ?? null, accepted })).id);
  }
  const deps = { history: store.history, objects: store.objects, parser: '1', policy: DEFAULT_HEALTH_POLICY, now };
  for await (const _ of carryOut(deps, page, await planImport(deps, PAGE.id, ids))) {
    // To its end.
  }
  return store;
}

describe('WARC', () => {
  it('gives the same history when it is imported: ids, revisions, changes, quarantine', async () => {
    const store = await new Watched().seeAll(eventfulCaptures());
    const again = await importWarc(await exported(store, 'warc'));
    expect(await again.history.revisions(PAGE.id)).toEqual(await store.history.revisions(PAGE.id));
    expect(await again.history.quarantined(PAGE.id, 99)).toEqual(await store.history.quarantined(PAGE.id, 99));
    expect((await exported(again, 'warc')).equals(await exported(store, 'warc'))).toBe(true);
  });

  it('holds the captures of a period only', async () => {
    const store = await new Watched().seeAll(eventfulCaptures());
    const times: string[] = [];
    const bytes = await exported(store, 'warc', { from: '2022-01-05', to: '2022-01-07' });
    for await (const record of readWarc(
      (async function* () {
        yield new Uint8Array(bytes);
      })(),
    )) {
      if ('fetchedAt' in record) times.push(record.fetchedAt.slice(0, 10));
    }
    expect(times).toEqual(['2022-01-05', '2022-01-06', '2022-01-07']);
  });
});

describe('what a WARC file holds besides captures', () => {
  const metadata = async (store: Watched) => gunzipSync(await exported(store, 'warc')).toString('utf8');
  const fieldsOf = (text: string, name: string) =>
    text.split('\r\n').flatMap((line) => (line.startsWith(`${name}: `) ? [line.slice(name.length + 2)] : []));

  it('records how the page was tracked, and which suspect captures were accepted', async () => {
    const page = { ...PAGE, name: 'Reports of the day\r\ndaybook-accepted: yes', rolling: true, series: 'reports' };
    const text = await metadata(await new Watched().seeAll(issues(3), page));
    expect(fieldsOf(text, 'daybook-page-record').map((line) => JSON.parse(line))).toEqual(
      Array.from({ length: 3 }, () => ({ name: page.name, rolling: true, series: 'reports' })),
    );
    expect(fieldsOf(text, 'daybook-accepted')).toEqual(['no', 'no', 'no']);
  });

  it('brings back a loss that another policy accepted sooner', async () => {
    const store = new Watched();
    const hasty = { ...store.deps, policy: { ...DEFAULT_HEALTH_POLICY, confirmAfter: 1, confirmHours: 0 } };
    Object.defineProperty(store, 'deps', { value: hasty });
    await store.see({ at: '2022-01-10T10:00:00Z', body: chroniclePage(reports(8)) });
    await store.see({ at: '2022-01-11T10:00:00Z', body: chroniclePage(reports(1)) });
    await store.see({ at: '2022-01-12T10:00:00Z', body: chroniclePage(reports(2)) });
    const revisions = await store.history.revisions(PAGE.id);
    expect(revisions.map((revision) => revision.confirmed)).toEqual([false, true, false]);
    expect(fieldsOf(await metadata(store), 'daybook-accepted')).toEqual(['no', 'yes', 'no']);
    const again = await importWarc(await exported(store, 'warc'));
    expect(await again.history.revisions(PAGE.id)).toEqual(revisions);
    expect((await exported(again, 'warc')).equals(await exported(store, 'warc'))).toBe(true);
  });

  it('marks only captures that were never judged as unjudged', async () => {
    const body = chroniclePage(reports(4));
    const store = await new Watched().seeAll([
      { at: '2022-01-10T10:00:00Z', body },
      { at: '2022-01-11T10:00:00Z', body: chroniclePage(reports(4), { noise: '9' }) },
    ]);
    const fetchedAt = '2022-01-12T10:00:00.000Z';
    const meta = { pageId: PAGE.id, url: PAGE.url, finalUrl: PAGE.url, fetchedAt, status: 200, headers: {} };
    await storeCapture(store.objects, '20220112T100000000Z', meta, chroniclePage(reports(5)), null);
    expect(fieldsOf(await metadata(store), 'daybook-outcome')).toEqual(['revision', 'unchanged', 'unjudged']);
    const check = await store.history.check(PAGE.id);
    if (check === null) throw new Error('the page has no check');
    // While older captures wait, too, names do not show what was judged.
    await store.history.putCheck({ ...check, importing: true, version: check.version + 1 }, check);
    expect(fieldsOf(await metadata(store), 'daybook-outcome')).toEqual(['revision', 'unknown', 'unjudged']);
  });

  it('marks every capture as unjudged when an import ended before it judged any', async () => {
    const store = new Watched();
    const foreign = { id: null, url: PAGE.url, finalUrl: PAGE.url, status: 200, headers: {} };
    const body = chroniclePage(reports(4));
    await takeIn(store.objects, PAGE.id, { ...foreign, fetchedAt: '2022-01-10T10:00:00.000Z', body });
    expect(fieldsOf(await metadata(store), 'daybook-outcome')).toEqual(['unjudged']);
  });
});

describe('a period', () => {
  const seen = (at: string, count: number) => ({ at, body: chroniclePage(reports(count)) });
  const numbers = async (store: Watched, from: string | null, to: string | null) =>
    linesOf(await exported(store, 'json', { from, to })).flatMap(({ type, number }) =>
      type === 'revision' ? [number] : [],
    );

  it.each([
    ['2022-01-11T10:00:00Z', '2022-01-11T10:00:00Z', [2]],
    ['2022-01-11T10:00:00.000Z', null, [2, 3]],
    ['2022-01-11T12:00:00+02:00', '2022-01-11', [2]],
    ['2022-01-11T10:00:00.001Z', null, [3]],
    [null, '2022-01-11T10:00', [1, 2]],
    ['2022-01', '2022-01', [1, 2, 3]],
  ])('from %s to %s includes both ends, in any notation', async (from, to, wanted) => {
    const days = ['10', '11', '12'];
    const store = await new Watched().seeAll(days.map((day, at) => seen(`2022-01-${day}T10:00:00Z`, 4 + at)));
    expect(await numbers(store, from, to)).toEqual(wanted);
  });

  it.each([
    ['2022-02-30', null, '--from'],
    [null, '2022-01-10T25:00:00Z', '--to'],
    ['yesterday', null, '--from'],
    ['2022-02', '2022-01', 'after'],
  ])('from %s to %s is refused, and the message gives the reason', async (from, to, why) => {
    const failed = exported(new Watched(), 'json', { from, to });
    await expect(failed).rejects.toBeInstanceOf(UsageError);
    await expect(failed).rejects.toThrow(why);
  });
});

describe('JSON lines', () => {
  it('hold a first text, its changes, and the text that the changes lead to', async () => {
    const store = await new Watched().seeAll(eventfulCaptures());
    const lines = linesOf(await exported(store, 'json'));
    expect(lines[0]).toMatchObject({ type: 'page', pageId: PAGE.id });
    const revisions = lines.filter((line) => line.type === 'revision');
    const text = (number: number) =>
      lines
        .filter((line) => line.type === 'paragraph' && line.revision === number)
        .map(({ id, text: words }) => ({ id, text: words }));
    let now = text(1);
    for (const { number } of revisions.slice(1)) {
      const changes = lines.filter((line) => line.type === 'change' && line.revision === number);
      now = apply(now, changes as unknown as Change[]);
    }
    expect(now).toEqual(text(revisions.length));
    expect(now.length).toBeGreaterThan(0);
  });
});

describe('CSV and Markdown', () => {
  it('list present and removed paragraphs, each with its proof', async () => {
    const store = await new Watched().seeAll(eventfulCaptures());
    await store.see({ at: '2022-02-20T00:00:00Z', body: chroniclePage(reports(8).slice(1)) });
    const rows = (await exported(store, 'csv')).toString('utf8').split('\r\n').slice(0, -1);
    expect(rows[0]).toBe(
      '\ufeffpage,url,event_date,date_basis,status,kind,text,first_seen,first_revision,present,last_changed,changed_revision,changed_revision_id,removed_at,removed_revision,capture,capture_sha256,paragraph',
    );
    const removed = rows.filter((row) => row.includes(',removed,'));
    expect(removed.length).toBeGreaterThan(0);
    expect(removed.at(0)).toContain('2022-02-20T00:00:00.000Z');
    expect(rows.slice(1).filter((row) => row.includes(',present,')).length + removed.length).toBe(rows.length - 1);
    const revisions = await store.history.revisions(PAGE.id);
    expect(rows.slice(1).every((row) => revisions.some((revision) => row.includes(revision.sha256)))).toBe(true);
    const text = (await exported(store, 'md')).toString('utf8');
    expect(text).toContain('## Removed');
    expect(text).toContain('*(present 2022-01-05 to 2022-01-16, and 2022-01-16 to 2022-02-20; in this form since');
    expect(text).toContain('*(present 2022-01-05 to 2022-01-16, and since 2022-01-17; in this form since');
    expect(text).toContain(revisions.at(-1)?.id);
  });

  it('of them Markdown names revisions by number and leads to each by its id', async () => {
    const store = await new Watched().seeAll(eventfulCaptures());
    await store.see({ at: '2022-02-20T00:00:00Z', body: chroniclePage(reports(8).slice(1)) });
    const text = (await exported(store, 'md')).toString('utf8');
    const byId = new Map((await store.history.revisions(PAGE.id)).map((revision) => [revision.id, revision]));
    const links = [
      ...text.matchAll(/\[revision (\d+) \((\w{12})\)\]\(\/pages\/([\w.-]+)\/revisions\/(\w{64})(?:#p-([\w-]+))?\)/g),
    ];
    for (const [, number, short, page, id = '', paragraph] of links) {
      const revision = byId.get(id);
      expect([String(revision?.number), id.slice(0, 12), PAGE.id]).toEqual([number, short, page]);
      if (paragraph === undefined || revision === undefined) continue;
      const { paragraphs } = await loadDocument(store.objects, revision);
      expect(paragraphs.map((one) => one.id)).toContain(paragraph);
    }
    expect(links.filter(([, , , , , paragraph]) => paragraph !== undefined).length).toBeGreaterThan(5);
    // Nothing names a revision by its number alone.
    expect(text.match(/revision \d+/g)).toHaveLength(links.length);
    expect(text.match(/removed in \[revision/g)?.length).toBeGreaterThan(0);
  });

  it('show the page as it was at the end of a period', async () => {
    const store = await new Watched().seeAll(eventfulCaptures());
    const early = (await exported(store, 'csv', { from: null, to: '2022-01-05' }))
      .toString('utf8')
      .split('\r\n')
      .slice(0, -1);
    // The names of the columns, the page's heading, and its paragraphs.
    expect(early).toHaveLength(2 + reports(4).length);
    expect(
      (await exported(store, 'csv', { from: null, to: '2021' })).toString('utf8').split('\r\n').slice(0, -1),
    ).toHaveLength(1);
  });
});

describe('sizes', () => {
  it('handles a paragraph of a megabyte and thousands of changes at once: verify, rebuild, every format', async () => {
    const many = Array.from(
      { length: 3_000 },
      (_, at) => `On 5 January 2022 ship number ${at} left the harbour with ${at * 3} tons of grain.`,
    );
    const long = `On 6 January 2022 ${'the harbour office wrote a very long report about the northern basin and '.repeat(15_000)}ended.`;
    expect(long.length).toBeGreaterThan(1_000_000);
    const store = new Watched();
    await store.see({ at: '2022-01-06T00:00:00Z', body: chroniclePage(reports(8)) });
    await store.see({ at: '2022-01-07T00:00:00Z', body: chroniclePage([...reports(8), ...many, long]) });
    const [, second] = await store.history.revisions(PAGE.id);
    expect(second?.changes).toBe(3_001);
    const findings: unknown[] = [];
    for await (const event of verify({ history: store.history, objects: store.objects, parser: '1', expires: false })) {
      if (event.type === 'finding') findings.push(event.finding);
    }
    expect(findings).toEqual([]);
    const into = new Watched();
    for await (const _ of rebuild(
      { source: store.objects, history: into.history, objects: into.objects, parser: '1', inUse: false, now },
      new Map(),
    )) {
      // To its end.
    }
    expect(await into.history.revisions(PAGE.id)).toEqual(await store.history.revisions(PAGE.id));
    for (const format of ['warc', 'json', 'csv', 'md'] as const) {
      expect((await exported(into, format)).byteLength).toBeGreaterThan(format === 'warc' ? 10_000 : 1_000_000);
    }
  });
});
