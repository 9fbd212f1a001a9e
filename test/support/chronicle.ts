import { recordLooks } from '#app/history/record-looks.ts';
import { refreshSummary } from '#app/history/refresh-summary.ts';
import { storeDocument } from '#app/objects/documents.ts';
import type { HistoryStore, ObjectStore } from '#app/ports.ts';
import { wordDiff } from '#core/diff/substance/words.ts';
import type { Change, Paragraph, ParagraphRef } from '#core/diff/types.ts';
import { healthy } from '#core/health/step.ts';
import { fingerprintOf } from '#core/history/advance.ts';
import { canonicalJson, sha256 } from '#core/history/canonical.ts';
import { paragraphStates, withSights } from '#core/history/life.ts';
import { extendLineage } from '#core/history/lineage.ts';
import { changeRecords, documentHash, nextHead, sealRevision } from '#core/history/revision.ts';
import { timelineEntries } from '#core/history/timeline.ts';
import type { Head, PageSpec, RevisionDocument, RevisionRecord, StoredParagraph } from '#core/history/types.ts';
import type { CheckState } from '#core/schedule/check.ts';
import { newCheck } from '#core/schedule/check.ts';
import type { Look } from '#core/schedule/looks.ts';
import { sampleItems } from '../contracts/samples.ts';
import { createMemoryHistory } from './memory-history.ts';
import { createMemoryObjects } from './memory-objects.ts';

export type ParagraphInput = Partial<Paragraph> & Pick<Paragraph, 'id' | 'text'>;

/** A paragraph with everything a test does not care about filled in. */
export function paragraphOf({ id, text, ...rest }: ParagraphInput): Paragraph {
  return { id, text, kind: 'paragraph', links: [], date: null, dateBasis: 'none', mentions: [], ...rest };
}

export interface ReviseOptions {
  readonly revision?: Partial<Pick<RevisionRecord, 'technical' | 'revertedTo' | 'replaced' | 'confirmed' | 'title'>>;
  /** Instead of what the ids alone say. */
  readonly changes?: readonly Change[];
  /** Die before the head is flipped: what was appended stays behind. Its id differs from that of a later attempt. */
  readonly crash?: string;
}

/** Writes histories as `ingest` does (document, items, head), with a plain diff by id, for tests of what reads them. */
export class Chronicle {
  constructor(
    readonly history: HistoryStore = createMemoryHistory(),
    readonly objects: ObjectStore = createMemoryObjects(),
  ) {}

  /** Tracks a page without any revision. */
  async track(id: string, page: Partial<PageSpec> = {}, check: Partial<CheckState> = {}): Promise<void> {
    await this.history.putCheck(
      {
        ...newCheck(
          { id, url: `https://news.example/${id}`, name: null, rolling: false, series: null, ...page },
          '2022-02-01T00:00:00.000Z',
        ),
        version: 1,
        ...check,
      },
      null,
    );
  }

  /** Adds the next revision of a tracked page. */
  async revise(
    id: string,
    at: string,
    paragraphs: readonly ParagraphInput[],
    options: ReviseOptions = {},
  ): Promise<RevisionRecord> {
    const check = await this.history.check(id);
    if (check === null) throw new Error(`track ${id} first`);
    const head = await this.history.head(id);
    const before = head === null ? [] : await this.text(head);
    const observedAt = new Date(at).toISOString();
    const number = (head?.revision ?? 0) + 1;
    const past = (this.#past.get(id) ?? []).map((paragraph) => ({ paragraph }));
    const after = withSights(paragraphs.map(paragraphOf), before, past, { number, observedAt });
    const changes = options.changes ?? (head === null ? [] : changesById(before, after));
    const document: RevisionDocument = {
      pageId: id,
      number,
      title: options.revision?.title ?? null,
      period: null,
      charset: 'utf-8',
      lastModified: null,
      paragraphs: after,
    };
    const revision = sealRevision({
      pageId: id,
      number: document.number,
      previous: head?.revisionId ?? null,
      observedAt,
      captureId: observedAt.replace(/[-:.]/g, ''),
      sha256: sha256(`${at}${options.crash ?? ''}`),
      captureSeal: sha256(`seal of ${at}`),
      document: documentHash(document),
      fingerprint: fingerprintOf(after),
      parser: '1',
      title: document.title,
      period: null,
      paragraphs: after.length,
      changes: changes.length,
      technical: false,
      revertedTo: null,
      replaced: false,
      confirmed: false,
      ...options.revision,
    });
    await storeDocument(this.objects, revision, canonicalJson(document));
    const timeline = timelineEntries(before, after, revision);
    const states = paragraphStates(before, after, revision);
    const next = nextHead(head, check.page, revision, after);
    const { chunks } = extendLineage(head, id, revision.id);
    await this.history.append(
      sampleItems({ revision, changes: changeRecords(changes, revision), states, timeline, chunks }),
    );
    this.#documents.set(revision.id, after);
    if (options.crash !== undefined) return revision;
    await this.history.flipHead(next, head);
    this.#past.set(id, [...before, ...(this.#past.get(id) ?? [])]);
    await refreshSummary(this.history, id);
    return revision;
  }

  async healthy(id: string, at: string): Promise<void> {
    const state = healthy(at);
    await this.history.flipHealth(
      { pageId: id, state, seq: 0, events: [], observedAt: at, wasBad: false, oddLinks: [], version: 1 },
      null,
    );
    await refreshSummary(this.history, id);
  }

  /** Looks at a page, to the minute, in the order of their times. */
  async looked(id: string, looks: readonly (readonly [minute: string, outcome: Look['outcome']])[]): Promise<void> {
    for (const [minute, outcome] of looks) {
      const check = await this.history.check(id);
      if (check === null) throw new Error(`track ${id} first`);
      const lastLook = await recordLooks(this.history, id, [{ at: `${minute}:00.000Z`, outcome }], check.lastLook);
      await this.history.putCheck({ ...check, lastLook }, check);
    }
  }

  readonly #documents = new Map<string, readonly StoredParagraph[]>();
  /** Everything that each page ever had. */
  readonly #past = new Map<string, readonly StoredParagraph[]>();

  async text(head: Head): Promise<readonly StoredParagraph[]> {
    return this.#documents.get(head.revisionId) ?? [];
  }
}

function changesById(before: readonly Paragraph[], after: readonly Paragraph[]): Change[] {
  const old = new Map(before.map((paragraph, at) => [paragraph.id, ref(paragraph, at)]));
  const dates = new Map(before.map((paragraph) => [paragraph.id, paragraph.date]));
  const changes: Change[] = [];
  for (const [at, paragraph] of after.entries()) {
    const was = old.get(paragraph.id);
    old.delete(paragraph.id);
    const now = ref(paragraph, at);
    const dateBefore = dates.get(paragraph.id) ?? null;
    const { date } = paragraph;
    if (was === undefined) changes.push({ kind: 'added', before: [], after: [now], date });
    else if (was.text !== now.text) {
      changes.push({ kind: 'edited', before: [was], after: [now], date, words: wordDiff(was.text, now.text) });
    } else if (dateBefore !== date) changes.push({ kind: 'redated', before: [was], after: [now], date, dateBefore });
  }
  for (const was of old.values())
    changes.push({ kind: 'removed', before: [was], after: [], date: dates.get(was.id) ?? null });
  return changes;
}

function ref(paragraph: Paragraph, at: number): ParagraphRef {
  return { id: paragraph.id, at, text: paragraph.text };
}
