import { join } from 'node:path';
import { openAnyFormat, placeOf } from '#adapters/local/compose.ts';
import { createFolderObjects } from '#adapters/local/folder-objects.ts';
import { refreshSummary } from '#app/history/refresh-summary.ts';
import { appendRevision } from '#app/history/revision-store.ts';
import type { HistoryStore, ObjectStore } from '#app/ports.ts';
import { withFormat } from '#app/store-format.ts';
import type { DatedBlock } from '#core/dates/types.ts';
import { healthy } from '#core/health/step.ts';
import { advance, type Baseline } from '#core/history/advance.ts';
import { sha256 } from '#core/history/canonical.ts';
import { captureId } from '#core/history/revision.ts';
import type { PageSpec } from '#core/history/types.ts';
import { newCheck } from '#core/schedule/check.ts';
import { Random } from '../diff/random.ts';
import { plusDays, spoken, Writer } from '../diff/text.ts';

/** How much a store holds, over all pages. */
export interface Size {
  readonly pages: number;
  readonly paragraphs: number;
  readonly revisions: number;
}

type Stores = { readonly history: HistoryStore; readonly objects: ObjectStore };

/** Pages that chronicle one month: the same in a small store and in a large one, which covers more months. */
const PAGES_A_MONTH = 4;
/** Days of a month that have reports. */
export const DAYS = 28;
/** Pages that are written at the same time: the database works while the next revision is compared. */
const PARALLEL = 4;
/** Every text is new, so a look at the page's past finds nothing. */
const NOTHING = { recalled: { texts: [], crowded: new Set<string>() }, sameText: null };

/**
 * Fills a data folder page by page, as ingest does: document, items, head. Each page is the chronicle of a month and grows
 * by its reports from revision to revision; each revision also rewords one report. Captures and looks are left out: no
 * question of the bench reads them.
 */
export async function fill(folder: string, size: Size, report: (pages: number) => void): Promise<void> {
  const store = await openAnyFormat(folder);
  const history = withFormat(store.history, placeOf(folder));
  const objects = createFolderObjects(join(folder, 'objects'), { durable: false });
  let begun = 0;
  let done = 0;
  const work = async () => {
    while (begun < size.pages) {
      begun += 1;
      await fillPage({ history, objects }, begun - 1, size);
      done += 1;
      report(done);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  await store.close();
}

export const pageAt = (index: number): string => `chronicle-${String(index).padStart(5, '0')}`;

/** The first day of the month that a page chronicles. */
export const monthOf = (index: number): string => {
  const month = Math.floor(index / PAGES_A_MONTH);
  return `${2000 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`;
};

export const revisionsOf = ({ pages, revisions }: Size): number => Math.round(revisions / pages);

async function fillPage(stores: Stores, index: number, size: Size): Promise<void> {
  const { history } = stores;
  const id = pageAt(index);
  const month = monthOf(index);
  const page: PageSpec = { id, url: `https://example.org/${id}.html`, name: null, rolling: false, series: null };
  const random = new Random(index + 1);
  const writer = new Writer(random);
  const revisions = revisionsOf(size);
  const paragraphs = Math.round(size.paragraphs / size.pages);
  await history.putCheck(
    { ...newCheck(page, `${month}T00:00:00.000Z`), lastCheckedAt: `${month}T00:00:00.000Z` },
    null,
  );

  let before: Baseline | null = null;
  const blocks: DatedBlock[] = [];
  for (let number = 1; number <= revisions; number += 1) {
    const at = random.int(0, Math.max(blocks.length - 1, 0));
    const old = blocks[at];
    if (old !== undefined) blocks[at] = { ...old, text: reworded(old.text, writer, random) };
    while (blocks.length < Math.round((paragraphs * number) / revisions)) {
      blocks.push(reportOf(plusDays(month, Math.floor((blocks.length * DAYS) / paragraphs)), writer));
    }
    const fetchedAt = new Date(Date.parse(month) + (number / revisions) * DAYS * 86_400_000).toISOString();
    const next = advance(before, sightingOf(page, fetchedAt, blocks), {
      parser: '1',
      technical: false,
      confirmed: false,
    });
    if (next === null) throw new Error(`${id}: revision ${number} changes nothing`);
    await appendRevision(stores, next);
    await history.flipHead(next.head, before?.head ?? null);
    before = { head: next.head, document: next.document, ...NOTHING };
  }
  const since = `${month}T00:00:00.000Z`;
  const state = healthy(since);
  await history.flipHealth(
    { pageId: id, state, seq: 0, events: [], observedAt: since, wasBad: false, oddLinks: [], version: 1 },
    null,
  );
  await refreshSummary(history, id);
}

function sightingOf(page: PageSpec, fetchedAt: string, blocks: readonly DatedBlock[]) {
  const digest = sha256(`${page.id} ${fetchedAt}`);
  const capture = {
    id: captureId(fetchedAt),
    pageId: page.id,
    url: page.url,
    finalUrl: page.url,
    fetchedAt,
    status: 200,
    headers: { 'content-type': 'text/html' },
    sha256: digest,
    bytes: 0,
    seal: digest,
  };
  return {
    page,
    capture,
    title: `Chronicle of events, ${fetchedAt.slice(0, 7)}`,
    period: fetchedAt.slice(0, 7),
    charset: 'utf-8',
    lastModified: null,
    blocks: [...blocks],
  };
}

/** A report as the reader of dates gives it. */
function reportOf(day: string, writer: Writer): DatedBlock {
  const text = spoken(day);
  return {
    text: `On ${text} ${writer.paragraph()}`,
    kind: 'paragraph',
    links: [],
    date: day,
    dateBasis: 'explicit',
    mentions: [
      {
        text,
        start: 3,
        end: 3 + text.length,
        granularity: 'day',
        literal: day,
        value: day,
        role: 'event',
        basis: 'explicit',
      },
    ],
  };
}

/** With another word near the end of the text, so that the mention of its day stays where it is. */
function reworded(text: string, writer: Writer, random: Random): string {
  const words = text.split(' ');
  return words.with(-2, `${writer.word()}${random.int(1, 999_999)}`).join(' ');
}
