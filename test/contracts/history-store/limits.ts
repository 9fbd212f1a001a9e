import { describe, expect, it } from 'vitest';
import type { Bench } from '../history-store.ts';
import {
  freshPage,
  incompressible,
  readAll,
  sampleChange,
  sampleEntry,
  sampleHead,
  sampleItems,
  sampleRevision,
} from '../samples.ts';

const at = (after: string | undefined) => (after === undefined ? {} : { after });

export function declareLimits(bench: Bench): void {
  describe('limits', () => {
    const many = bench.scale.changes;
    it('keeps a paragraph of a megabyte that cannot be compressed, in a change and on the timeline', async () => {
      const store = bench.store();
      const page = freshPage();
      const text = incompressible(350_000);
      const revision = sampleRevision(page, 1, { observedAt: '2061-01-01T00:00:00.000Z' });
      const change = sampleChange(revision, 0, { after: [{ id: 'p1', at: 0, text }] });
      const entry = sampleEntry(revision, 'p1', '2061-01-01', { text });
      await store.append(sampleItems({ revision, changes: [change], timeline: [entry] }));
      await store.flipHead(sampleHead(revision), null);
      await bench.recorded();

      expect(Buffer.byteLength(text)).toBeGreaterThan(1_000_000);
      const [found] = await store.changesOf(page, 1);
      expect(found?.after[0]?.text === text).toBe(true);
      const { items } = await store.timeline({ pageId: page, limit: 5 });
      expect(items[0]?.text === text).toBe(true);
      const across = await readAll((after) => store.timeline({ from: '2061', to: '2061', limit: 5, ...at(after) }));
      expect(across.some((one) => one.pageId === page && one.text === text)).toBe(true);
    });

    it('accepts the same megabyte again', async () => {
      const store = bench.store();
      const page = freshPage();
      const revision = sampleRevision(page, 1);
      const change = sampleChange(revision, 0, { after: [{ id: 'p1', at: 0, text: incompressible(350_000, 7) }] });
      await store.append(sampleItems({ revision, changes: [change], timeline: [] }));
      await store.append(sampleItems({ revision, changes: [change], timeline: [] }));
      await store.flipHead(sampleHead(revision), null);
      expect(await store.changesOf(page, 1)).toEqual([change]);
    });

    it('keeps texts of every size around the points where their storage changes', async () => {
      const store = bench.store();
      const page = freshPage();
      const revision = sampleRevision(page, 1);
      const sizes = [0, 1, 21_000, 21_845, 22_000, 65_535, 65_536, 110_000, 122_880, 123_000, 130_000];
      const changes = sizes.map((size, seq) =>
        sampleChange(revision, seq, { after: [{ id: `p${seq}`, at: seq, text: incompressible(size, seq + 1) }] }),
      );
      await store.append(sampleItems({ revision, changes, timeline: [] }));
      await store.flipHead(sampleHead(revision), null);
      const found = await store.changesOf(page, 1);
      expect(found.map((change) => change.after[0]?.text.length)).toEqual(sizes);
      expect(found.every((change, seq) => change.after[0]?.text === changes[seq]?.after[0]?.text)).toBe(true);
    });

    it(`keeps a revision of ${many} changes whole, in order, and lists it page by page`, async () => {
      const store = bench.store();
      const page = freshPage();
      const revision = sampleRevision(page, 1, { observedAt: '2062-01-01T00:00:00.000Z' });
      const changes = Array.from({ length: many }, (_, seq) => sampleChange(revision, seq));
      await store.append(sampleItems({ revision, changes, timeline: [] }));
      await store.flipHead(sampleHead(revision), null);
      const found = await store.changesOf(page, 1);
      expect(found.length).toBe(many);
      expect(found.every((change, seq) => change.seq === seq)).toBe(true);
      const listed = await readAll((after) => store.changes({ pageId: page, limit: 3_000, ...at(after) }));
      expect(listed.length).toBe(many);
      expect(listed.every((change, seq) => change.seq === seq)).toBe(true);
    });

    it('keeps hostile text: quotes, nulls, lone surrogates, other scripts', async () => {
      const store = bench.store();
      const page = freshPage();
      const revision = sampleRevision(page, 1);
      const texts = [
        '"}],"x":[{',
        '\u0000\u0001',
        '\ud800 alone',
        '核危機 ☢️ \u202e',
        '',
        "'; DROP TABLE --",
        '#P = :P',
      ];
      const changes = texts.map((text, seq) =>
        sampleChange(revision, seq, { after: [{ id: `p${seq}`, at: seq, text }] }),
      );
      await store.append(sampleItems({ revision, changes, timeline: [] }));
      await store.flipHead(sampleHead(revision), null);
      expect(await store.changesOf(page, 1)).toEqual(changes);
    });
  });
}
