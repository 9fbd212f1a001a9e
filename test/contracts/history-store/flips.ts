import { describe, expect, it } from 'vitest';
import { ConflictError } from '#app/errors.ts';
import type { NotifyCursor } from '#core/alerts/record.ts';
import { extendLineage } from '#core/history/lineage.ts';
import type { Head } from '#core/history/types.ts';
import type { Bench } from '../history-store.ts';
import {
  freshPage,
  readAll,
  sampleChange,
  sampleEntry,
  sampleHead,
  sampleHealth,
  sampleItems,
  sampleRevision,
} from '../samples.ts';

export function declareFlips(bench: Bench): void {
  describe('append, then flip', () => {
    it('shows nothing of a page without a head', async () => {
      const store = bench.store();
      const page = freshPage();
      const revision = sampleRevision(page, 1);
      await store.append(sampleItems({ revision, changes: [], timeline: [sampleEntry(revision, 'p1', '2022-01-10')] }));
      expect(await store.head(page)).toBeNull();
      expect(await store.revision(page, 1)).toBeNull();
      expect(await store.revisions(page)).toEqual([]);
      expect(await store.changesOf(page, 1)).toEqual([]);
    });

    it('shows the whole revision once the head names it', async () => {
      const store = bench.store();
      const page = freshPage();
      const { head, revision, changes } = await commit(bench, page);
      expect(await store.head(page)).toEqual(head);
      expect(await store.revision(page, 1)).toEqual(revision);
      expect(await store.revisions(page)).toEqual([revision]);
      expect(await store.changesOf(page, 1)).toEqual(changes);
    });

    it('accepts the same append again without a change', async () => {
      const store = bench.store();
      const page = freshPage();
      const { revision, changes, timeline } = await commit(bench, page);
      await store.append(sampleItems({ revision, changes, timeline }));
      expect(await store.revisions(page)).toEqual([revision]);
      expect(await store.changesOf(page, 1)).toEqual(changes);
      expect(await readAll((after) => store.timeline({ pageId: page, limit: 50, ...at(after) }))).toHaveLength(
        timeline.length,
      );
    });

    it('hides the leftovers of a losing attempt', async () => {
      const store = bench.store();
      const page = freshPage();
      const { head, revision } = await commit(bench, page);
      const lost = sampleRevision(page, 1, { title: 'The attempt that lost' });
      await store.append(sampleItems({ revision: lost, changes: [sampleChange(lost, 0)], timeline: [] }));
      const early = sampleRevision(page, 2, { title: 'Not flipped yet' });
      await store.append(sampleItems({ revision: early, changes: [sampleChange(early, 0)], timeline: [] }));

      expect(await store.head(page)).toEqual(head);
      expect(await store.revisions(page)).toEqual([revision]);
      expect(await store.revision(page, 1)).toEqual(revision);
      expect(await store.revision(page, 2)).toBeNull();
      expect(await store.changesOf(page, 2)).toEqual([]);
      expect((await store.changesOf(page, 1)).every((change) => change.revisionId === revision.id)).toBe(true);
    });

    it('refuses revision numbers that do not exist', async () => {
      const store = bench.store();
      const page = freshPage();
      await commit(bench, page);
      for (const number of [0, -1, 2, 1_000_000]) {
        expect(await store.revision(page, number)).toBeNull();
        expect(await store.changesOf(page, number)).toEqual([]);
      }
    });

    it('lists revisions in the order of their numbers, beyond nine and ninety-nine', async () => {
      const store = bench.store();
      const page = freshPage();
      let head: Head | null = null;
      const numbers = Array.from({ length: 101 }, (_, index) => index + 1);
      for (const number of numbers) {
        const revision = sampleRevision(page, number, { observedAt: '2022-01-01T00:00:00.000Z' });
        const { chunks } = extendLineage(head, page, revision.id);
        await store.append(sampleItems({ revision, chunks }));
        const next = sampleHead(revision, head);
        await store.flipHead(next, head);
        head = next;
      }
      expect((await store.revisions(page)).map((record) => record.number)).toEqual(numbers);
      for (const [from, to] of [
        [1, 1],
        [8, 12],
        [95, 101],
        [101, 500],
        [102, 110],
      ] as const) {
        const part = (await store.revisions(page, { from, to })).map((record) => record.number);
        expect(part).toEqual(numbers.filter((number) => number >= from && number <= to));
      }
    });
  });

  describe('a flip names the head that it replaces', () => {
    it('creates a head only once', async () => {
      const store = bench.store();
      const { head, page } = await commit(bench, freshPage());
      const other = sampleHead(sampleRevision(page, 1, { title: 'Another first' }));
      await expect(store.flipHead(other, null)).rejects.toThrow(ConflictError);
      expect(await store.head(page)).toEqual(head);
    });

    it('refuses a head that follows another than the stored one', async () => {
      const store = bench.store();
      const { head, page } = await commit(bench, freshPage());
      const second = sampleHead(sampleRevision(page, 2), head);
      await store.flipHead(second, head);
      const late = sampleHead(sampleRevision(page, 2, { title: 'Too late' }), head);
      await expect(store.flipHead(late, head)).rejects.toMatchObject({ code: 'conflict', retryable: true });
      expect(await store.head(page)).toEqual(second);
    });

    it('refuses a head for a page that has none when one is expected', async () => {
      const page = freshPage();
      const ghost = sampleHead(sampleRevision(page, 1));
      await expect(bench.store().flipHead(sampleHead(sampleRevision(page, 2), ghost), ghost)).rejects.toThrow(
        ConflictError,
      );
      expect(await bench.store().head(page)).toBeNull();
    });

    it('distinguishes two heads of one revision by their parser', async () => {
      const store = bench.store();
      const { head, page } = await commit(bench, freshPage());
      await store.flipHead({ ...head, parser: '2' }, head);
      await expect(store.flipHead({ ...head, parser: '3' }, head)).rejects.toThrow(ConflictError);
      expect((await store.head(page))?.parser).toBe('2');
    });

    it('lets exactly one of many workers through', async () => {
      const store = bench.store();
      const page = freshPage();
      const heads = Array.from({ length: 8 }, (_, worker) =>
        sampleHead(sampleRevision(page, 1, { title: `Worker ${worker}` })),
      );
      const tries = await Promise.allSettled(heads.map((head) => store.flipHead(head, null)));
      expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
      const winner = heads[tries.findIndex((one) => one.status === 'fulfilled')];
      expect(await store.head(page)).toEqual(winner);
    });

    it('applies to health too: created once, then replaced from its stored version', async () => {
      const store = bench.store();
      const page = freshPage();
      const first = sampleHealth(page, 1);
      await store.flipHealth(first, null);
      await expect(store.flipHealth(sampleHealth(page, 1), null)).rejects.toThrow(ConflictError);
      const second = sampleHealth(page, 2, { seq: 1 });
      await store.flipHealth(second, first);
      await expect(store.flipHealth(sampleHealth(page, 2, { seq: 9 }), first)).rejects.toThrow(ConflictError);
      expect(await store.health(page)).toEqual(second);
    });

    it("holds for the notifier's cursor", async () => {
      const store = bench.store();
      const page = freshPage();
      expect(await store.cursors(page)).toEqual([]);
      const first: NotifyCursor = { pageId: page, channel: 'sns', revision: 1, healthSeq: 0, version: 1 };
      await store.advanceCursor(first, null);
      await expect(store.advanceCursor({ ...first, revision: 2 }, null)).rejects.toThrow(ConflictError);
      const second = { ...first, revision: 2, healthSeq: 3, version: 2 };
      await store.advanceCursor(second, first);
      await expect(store.advanceCursor({ ...second, revision: 9 }, first)).rejects.toThrow(ConflictError);
      expect(await store.cursors(page)).toEqual([second]);
    });

    it('holds for each channel by itself, and for the cursor that no channel has', async () => {
      const store = bench.store();
      const page = freshPage();
      const cursor = (channel: string | null, revision = 1): NotifyCursor => ({
        pageId: page,
        channel,
        revision,
        healthSeq: 0,
        version: 1,
      });
      for (const channel of ['sns', 'webhook', null]) await store.advanceCursor(cursor(channel), null);
      const moved = { ...cursor('webhook', 7), version: 2 };
      await store.advanceCursor(moved, cursor('webhook'));
      await expect(store.advanceCursor({ ...cursor('sns'), version: 3 }, moved)).rejects.toThrow(ConflictError);
      const byChannel = new Map((await store.cursors(page)).map((one) => [one.channel, one]));
      expect(byChannel).toEqual(
        new Map<string | null, NotifyCursor>([
          ['sns', cursor('sns')],
          ['webhook', moved],
          [null, cursor(null)],
        ]),
      );
      expect(await store.cursors(`${page}-01`)).toEqual([]);
    });
  });
}

const at = (after: string | undefined) => (after === undefined ? {} : { after });

async function commit(bench: Bench, page: string) {
  const revision = sampleRevision(page, 1);
  const changes = [0, 1, 2].map((seq) => sampleChange(revision, seq));
  const timeline = [
    sampleEntry(revision, 'p1', '2022-01-10'),
    sampleEntry(revision, 'p2', '2022-01-11'),
    sampleEntry(revision, 'p3', null),
  ];
  await bench.store().append(sampleItems({ revision, changes, timeline }));
  const head = sampleHead(revision);
  await bench.store().flipHead(head, null);
  return { page, revision, changes, timeline, head };
}
