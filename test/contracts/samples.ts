import { randomUUID } from 'node:crypto';
import type { HistoryStore, Listing } from '#app/ports.ts';
import type { AlertRecord } from '#core/alerts/record.ts';
import type { QuarantineRecord } from '#core/health/quarantine.ts';
import type { HealthRecord } from '#core/health/record.ts';
import { healthy } from '#core/health/step.ts';
import { sha256 } from '#core/history/canonical.ts';
import type { Chunk } from '#core/history/lineage.ts';
import { nextHead, sealRevision } from '#core/history/revision.ts';
import type {
  ChangeRecord,
  Head,
  PageSpec,
  ParagraphState,
  PastText,
  RevisionPlace,
  RevisionRecord,
  TextMark,
  TimelineEntry,
} from '#core/history/types.ts';
import type { CheckState } from '#core/schedule/check.ts';
import { newCheck } from '#core/schedule/check.ts';
import type { LookDay } from '#core/schedule/looks.ts';

/** Values of the stored kinds, plain where a test does not care. Ids are fresh, so that suites may share one store. */
export const freshPage = (name = 'page'): string => `${name}-${randomUUID().slice(0, 12)}`;

export const pageSpec = (id: string): PageSpec => ({
  id,
  url: `https://www.example.org/${id}.htm`,
  name: null,
  rolling: false,
  series: null,
});

export function sampleRevision(pageId: string, number: number, over: Partial<RevisionRecord> = {}): RevisionRecord {
  return sealRevision({
    pageId,
    number,
    previous: number === 1 ? null : `previous-of-${number}`,
    observedAt: `2022-01-${String(number).padStart(2, '0')}T10:00:00.000Z`,
    captureId: `202201${String(number).padStart(2, '0')}T100000000Z`,
    sha256: 'a'.repeat(64),
    captureSeal: 'c'.repeat(64),
    document: 'd'.repeat(64),
    fingerprint: 'f'.repeat(16),
    parser: '1',
    title: 'A chronicle',
    period: '2022-01',
    paragraphs: 3,
    changes: 2,
    technical: false,
    revertedTo: null,
    replaced: false,
    confirmed: false,
    ...over,
  });
}

export const sampleHead = (revision: RevisionRecord, before: Head | null = null): Head =>
  nextHead(before, pageSpec(revision.pageId), revision, []);

/** What is appended of a revision; nothing of the kinds that a test does not give. */
export const sampleItems = (
  items: { readonly revision: RevisionRecord } & Partial<Appended>,
): { readonly revision: RevisionRecord } & Appended => ({
  changes: [],
  states: [],
  timeline: [],
  past: [],
  chunks: [],
  mark: sampleMark(items.revision),
  place: samplePlace(items.revision),
  ...items,
});

type Appended = Omit<Parameters<HistoryStore['append']>[0], 'revision'>;

export const sampleMark = ({ pageId, fingerprint, number, id }: RevisionRecord): TextMark => ({
  pageId,
  fingerprint,
  revision: number,
  revisionId: id,
});

export const samplePlace = ({ pageId, number, id, observedAt }: RevisionRecord): RevisionPlace => ({
  pageId,
  revision: number,
  revisionId: id,
  observedAt,
});

export function samplePast(revision: RevisionRecord, key: string, over: Partial<PastText> = {}): PastText {
  const paragraph = {
    ...sightsOf(revision),
    id: `p-${key}`,
    text: `What ${key} said before revision ${revision.number}.`,
    kind: 'paragraph' as const,
    links: [],
    date: '2022-01-10',
    dateBasis: 'explicit' as const,
    mentions: [],
  };
  return {
    pageId: revision.pageId,
    key,
    revision: revision.number,
    revisionId: revision.id,
    seq: 0,
    paragraph,
    ...over,
  };
}

export function sampleChunk(pageId: string, index: number, level = 1): Chunk {
  const entries = `${index}${level}`.padStart(8, '0').repeat(32);
  return { pageId, level, index, name: sha256(entries).slice(0, 8), entries };
}

export function sampleChange(revision: RevisionRecord, seq: number, over: Partial<ChangeRecord> = {}): ChangeRecord {
  return {
    kind: 'added',
    before: [],
    after: [{ id: `p${seq}`, at: seq, text: `Paragraph ${seq} of revision ${revision.number}.` }],
    date: '2022-01-10',
    pageId: revision.pageId,
    revision: revision.number,
    revisionId: revision.id,
    seq,
    observedAt: revision.observedAt,
    technical: revision.technical,
    ...over,
  };
}

/** Sights of a paragraph that the revision is the first to have. */
export function sightsOf({ number: revision, observedAt }: Pick<RevisionRecord, 'number' | 'observedAt'>) {
  const sight = { revision, observedAt };
  return { firstSeen: sight, presentSince: sight };
}

export function sampleState(
  revision: RevisionRecord,
  paragraphId: string,
  over: Partial<ParagraphState> = {},
): ParagraphState {
  const { mentions: _, eventDate: __, ...state } = sampleEntry(revision, paragraphId, '2022-01-10');
  return { ...state, ...over };
}

export function sampleEntry(
  revision: RevisionRecord,
  paragraphId: string,
  date: string | null,
  over: Partial<TimelineEntry> = {},
): TimelineEntry {
  return {
    pageId: revision.pageId,
    paragraphId,
    revision: revision.number,
    revisionId: revision.id,
    observedAt: revision.observedAt,
    present: true,
    ...sightsOf(revision),
    date,
    eventDate: date,
    dateBasis: date === null ? 'none' : 'explicit',
    kind: 'paragraph',
    text: `What ${paragraphId} reports.`,
    at: 0,
    mentions: [],
    ...over,
  };
}

export const sampleHealth = (pageId: string, version: number, over: Partial<HealthRecord> = {}): HealthRecord => ({
  pageId,
  state: healthy('2022-01-01T00:00:00.000Z'),
  seq: 0,
  events: [],
  observedAt: '2022-01-01T00:00:00.000Z',
  version,
  wasBad: false,
  oddLinks: [],
  ...over,
});

export const sampleCheck = (pageId: string, dueAt: string, over: Partial<CheckState> = {}): CheckState => ({
  ...newCheck(pageSpec(pageId), dueAt),
  ...over,
});

/** A day with one look, at 08:30. */
export const sampleLooks = (pageId: string, day: string, over: Partial<LookDay> = {}): LookDay => ({
  pageId,
  day,
  looks: '8Uu',
  previous: null,
  version: 1,
  ...over,
});

export const sampleQuarantine = (pageId: string, captureId: string): QuarantineRecord => ({
  pageId,
  captureId,
  fetchedAt: '2022-01-05T10:00:00.000Z',
  sha256: 'b'.repeat(64),
  status: 403,
  reason: 'block-page',
  detail: 'a page that asks for a captcha',
});

export const sampleAlert = (pageId: string, key: string, over: Partial<AlertRecord> = {}): AlertRecord => ({
  pageId,
  key,
  channel: 'sns',
  at: '2022-01-05T10:00:00.000Z',
  sent: true,
  suppressed: [],
  subject: '[Daybook] something',
  ...over,
});

/** Reads a listing to its end, following `next`. Fails when it does not end. */
export async function readAll<T>(ask: (after: string | undefined) => Promise<Listing<T>>): Promise<T[]> {
  const all: T[] = [];
  let after: string | undefined;
  for (let calls = 0; calls < 5_000; calls += 1) {
    const { items, next } = await ask(after);
    all.push(...items);
    if (next === null) return all;
    after = next;
  }
  throw new Error('The listing has no end');
}

/** Characters that gzip cannot make smaller: a fixed pseudo-random sequence (xorshift) over the printable BMP. */
export function incompressible(characters: number, seed = 0x9e3779b9): string {
  let state = seed >>> 0;
  const units = new Uint16Array(characters);
  for (let at = 0; at < characters; at += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    units[at] = 0x3400 + (state % 0x6000);
  }
  return Buffer.from(units.buffer).toString('utf16le');
}
