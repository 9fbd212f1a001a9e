import { describe, expect, it } from 'vitest';
import { ConflictError } from '#app/errors.ts';
import { summarize } from '#core/schedule/summary.ts';
import type { Bench } from '../history-store.ts';
import { freshPage, pageSpec, readAll, sampleCheck } from '../samples.ts';

export function declareChecks(bench: Bench): void {
  /** Due pages among `pages`, in the order of the store. */
  const dueAmong = async (pages: readonly string[], now: string) => {
    await bench.recorded();
    const ids = (await bench.store().due(now, 10_000)).map((check) => check.page.id);
    return ids.filter((id) => pages.includes(id));
  };

  describe('checks', () => {
    it('increases the version with each write, and refuses a write of another version', async () => {
      const store = bench.store();
      const page = freshPage();
      await store.putCheck(sampleCheck(page, '2031-01-01T00:00:00.000Z'), null);
      const first = await store.check(page);
      expect(first).toEqual({ ...sampleCheck(page, '2031-01-01T00:00:00.000Z'), version: 1 });
      await expect(store.putCheck(sampleCheck(page, '2031-02-01T00:00:00.000Z'), null)).rejects.toThrow(ConflictError);
      if (first === null) return;
      await store.putCheck({ ...first, failures: 1 }, first);
      await expect(store.putCheck({ ...first, failures: 7 }, first)).rejects.toThrow(ConflictError);
      expect(await store.check(page)).toEqual({ ...first, failures: 1, version: 2 });
    });

    it('has no check of a page that was never planned', async () => {
      expect(await bench.store().check(freshPage())).toBeNull();
    });

    it('lists due pages up to and including the instant, longest overdue first', async () => {
      const store = bench.store();
      const [a, b, c, d] = [freshPage('a'), freshPage('b'), freshPage('c'), freshPage('d')];
      await store.putCheck(sampleCheck(a, '2032-01-02T00:00:00.000Z'), null);
      await store.putCheck(sampleCheck(b, '2032-01-01T00:00:00.000Z'), null);
      await store.putCheck(sampleCheck(c, '2032-01-03T00:00:00.000Z'), null);
      await store.putCheck(sampleCheck(d, '2032-01-03T00:00:00.001Z'), null);
      expect(await dueAmong([a, b, c, d], '2032-01-03T00:00:00.000Z')).toEqual([b, a, c]);
    });

    it('gives the longest overdue within the limit', async () => {
      const store = bench.store();
      const pages = [freshPage('x'), freshPage('y'), freshPage('z')];
      for (const [index, page] of pages.entries()) {
        await store.putCheck(sampleCheck(page, `1971-01-0${3 - index}T00:00:00.000Z`), null);
      }
      await bench.recorded();
      const due = await store.due('1971-01-31T00:00:00.000Z', 2);
      expect(due.map((check) => check.dueAt)).toEqual(['1971-01-01T00:00:00.000Z', '1971-01-02T00:00:00.000Z']);
      for (const page of pages) {
        const check = await store.check(page);
        if (check !== null) await store.putCheck({ ...check, retired: true }, check);
      }
    });

    it('leaves a leased page alone until its lease runs out', async () => {
      const store = bench.store();
      const page = freshPage();
      const leased = sampleCheck(page, '2033-01-01T00:00:00.000Z', { leasedUntil: '2033-01-01T00:30:00.000Z' });
      await store.putCheck(leased, null);
      expect(await dueAmong([page], '2033-01-01T00:29:59.999Z')).toEqual([]);
      expect(await dueAmong([page], '2033-01-01T00:30:00.000Z')).toEqual([page]);
      expect((await store.check(page))?.dueAt).toBe('2033-01-01T00:00:00.000Z');
    });

    it('moves a page in the order of what is due when it is written again, and lists it once', async () => {
      const store = bench.store();
      const page = freshPage();
      await store.putCheck(sampleCheck(page, '2034-01-01T00:00:00.000Z'), null);
      const check = await store.check(page);
      if (check !== null) await store.putCheck({ ...check, dueAt: '2034-03-01T00:00:00.000Z' }, check);
      expect(await dueAmong([page], '2034-02-01T00:00:00.000Z')).toEqual([]);
      expect(await dueAmong([page], '2034-04-01T00:00:00.000Z')).toEqual([page]);
    });

    it('never lists a retired page as due, and lists it again when it returns', async () => {
      const store = bench.store();
      const page = freshPage();
      await store.putCheck(sampleCheck(page, '2035-01-01T00:00:00.000Z', { retired: true }), null);
      expect(await dueAmong([page], '2035-12-01T00:00:00.000Z')).toEqual([]);
      const check = await store.check(page);
      if (check !== null) await store.putCheck({ ...check, retired: false }, check);
      expect(await dueAmong([page], '2035-12-01T00:00:00.000Z')).toEqual([page]);
    });

    it('never lists a paused page as due, lists it among all pages, and as due again when it is resumed', async () => {
      const store = bench.store();
      const page = freshPage();
      await store.putCheck(sampleCheck(page, '2037-01-01T00:00:00.000Z', { paused: true, added: { every: 60 } }), null);
      expect(await dueAmong([page], '2037-12-01T00:00:00.000Z')).toEqual([]);
      const listed = async () => (await store.checks()).filter((check) => check.page.id === page);
      expect(await listed()).toMatchObject([{ paused: true, retired: false, added: { every: 60 } }]);
      const rows = await readAll((after) => store.pages({ limit: 100, ...(after === undefined ? {} : { after }) }));
      expect(rows.find((row) => row.page.id === page)).toMatchObject({ paused: true, added: { every: 60 } });
      const { paused: _, ...rest } = (await listed())[0] ?? sampleCheck(page, '');
      await store.putCheck(rest, { ...rest, paused: true });
      expect(await dueAmong([page], '2037-12-01T00:00:00.000Z')).toEqual([page]);
      expect(await listed()).toHaveLength(1);
    });

    it('lists all tracked pages by id, retired ones too, each once', async () => {
      const store = bench.store();
      const pages = [freshPage('m'), freshPage('k'), freshPage('l')];
      for (const [index, page] of pages.entries()) {
        await store.putCheck(sampleCheck(page, '2036-01-01T00:00:00.000Z', { retired: index === 1 }), null);
      }
      await bench.recorded();
      const checks = (await store.checks()).filter((check) => pages.includes(check.page.id));
      expect(checks.map((check) => check.page.id)).toEqual([...pages].sort());
      expect(checks.filter((check) => check.retired)).toHaveLength(1);
    });

    it('lists pages by id in parts of any size, with what a list shows of each and nothing else', async () => {
      const store = bench.store();
      const ids = Array.from({ length: 23 }, (_, index) => freshPage(`list-${index % 5}`)).sort();
      for (const [index, id] of ids.entries()) {
        const summary = { ...summarize(null, null), title: `Page ${index}`, revision: index, since: null };
        const check = sampleCheck(id, '2099-01-01T00:00:00.000Z', { summary, retired: index % 4 === 0, failures: 2 });
        await store.putCheck(check, null);
        if (index % 3 !== 0) continue;
        const stored = await store.check(id);
        expect(stored).toEqual({ ...check, version: 1 });
        if (stored !== null) await store.putCheck({ ...stored, dueAt: '2099-02-01T00:00:00.000Z' }, stored);
      }
      await bench.recorded();
      for (const limit of [1, 7, 50, 500]) {
        const all = await readAll((after) => store.pages({ limit, ...(after === undefined ? {} : { after }) }));
        expect(all.map(({ page }) => page.id)).toEqual([...new Set(all.map(({ page }) => page.id))].sort());
        expect(all.filter(({ page }) => ids.includes(page.id))).toEqual(
          ids.map((id, index) => ({
            page: pageSpec(id),
            retired: index % 4 === 0,
            dueAt: `2099-0${index % 3 === 0 ? 2 : 1}-01T00:00:00.000Z`,
            lastCheckedAt: null,
            summary: { ...summarize(null, null), title: `Page ${index}`, revision: index },
          })),
        );
      }
      const [first = ''] = ids;
      expect((await store.pages({ limit: 1, after: first })).items[0]?.page.id).not.toBe(first);
    });
  });
}
