import { describe, expect, it } from 'vitest';
import type { Bench } from '../history-store.ts';
import { freshPage, sampleAlert, sampleCheck, sampleHead, sampleQuarantine, sampleRevision } from '../samples.ts';

export function declareRecords(bench: Bench): void {
  describe('heads and checks of many pages', () => {
    it('gives those that exist, by page, for any number of pages', async () => {
      const store = bench.store();
      const pages = Array.from({ length: 130 }, () => freshPage());
      const made = pages.filter((_, index) => index % 3 === 0);
      await Promise.all(
        made.map(async (page) => {
          await store.flipHead(sampleHead(sampleRevision(page, 1)), null);
          await store.putCheck(sampleCheck(page, '2099-01-01T00:00:00.000Z'), null);
        }),
      );
      const heads = await store.heads([...pages, ...pages]);
      expect([...heads.keys()].sort()).toEqual([...made].sort());
      for (const [page, head] of heads) expect(head.pageId).toBe(page);
      const checks = await store.checksOf([...pages, ...pages]);
      expect([...checks.keys()].sort()).toEqual([...made].sort());
      for (const [page, check] of checks) expect(check.page.id).toBe(page);
    });

    it('accepts an empty list of pages', async () => {
      expect(await bench.store().heads([])).toEqual(new Map());
      expect(await bench.store().checksOf([])).toEqual(new Map());
    });

    it('separates pages with ids that begin alike', async () => {
      const store = bench.store();
      const page = freshPage();
      const longer = `${page}-01`;
      await store.flipHead(sampleHead(sampleRevision(longer, 1)), null);
      await store.quarantine(sampleQuarantine(longer, '20220105T100000000Z'));
      expect(await store.head(page)).toBeNull();
      expect(await store.quarantined(page, 10)).toEqual([]);
    });
  });

  describe('quarantine', () => {
    it('lists the newest first, up to the limit', async () => {
      const store = bench.store();
      const page = freshPage();
      const ids = ['20220105T100000000Z', '20220107T100000000Z', '20220106T100000000Z'];
      for (const id of ids) await store.quarantine(sampleQuarantine(page, id));
      const newest = await store.quarantined(page, 2);
      expect(newest.map((record) => record.captureId)).toEqual(['20220107T100000000Z', '20220106T100000000Z']);
      expect((await store.quarantined(page, 100)).length).toBe(3);
    });

    it('continues behind a capture, whether it is there or not', async () => {
      const store = bench.store();
      const page = freshPage();
      const [old = '', middle = '', late = ''] = ['20220105T100000000Z', '20220106T100000000Z', '20220107T100000000Z'];
      for (const id of [old, middle, late]) await store.quarantine(sampleQuarantine(page, id));
      const behind = async (limit: number, after: string) =>
        (await store.quarantined(page, limit, after)).map((record) => record.captureId);
      expect(await behind(1, late)).toEqual([middle]);
      expect(await behind(9, middle)).toEqual([old]);
      expect(await behind(9, '20220106T110000000Z')).toEqual([middle, old]);
      expect(await behind(9, old)).toEqual([]);
    });

    it('holds a capture once', async () => {
      const store = bench.store();
      const page = freshPage();
      const record = sampleQuarantine(page, '20220105T100000000Z');
      await store.quarantine(record);
      await store.quarantine(record);
      expect(await store.quarantined(page, 10)).toEqual([record]);
    });
  });

  describe('alerts', () => {
    it('keeps one record for each key, the last that was written', async () => {
      const store = bench.store();
      const page = freshPage();
      const key = `${page}/revision/1/abcdef01`;
      await store.recordAlert(sampleAlert(page, key, { at: '2022-01-05T10:00:00.000Z' }));
      await store.recordAlert(sampleAlert(page, key, { at: '2022-01-05T10:05:00.000Z' }));
      const suppressed = sampleAlert(page, `${page}/revision/2/abcdef02`, {
        channel: null,
        sent: false,
        suppressed: [{ seq: 0, reason: 'cosmetic' }],
        subject: null,
      });
      await store.recordAlert(suppressed);
      expect(await store.alert(page, key, 'sns')).toEqual(sampleAlert(page, key, { at: '2022-01-05T10:05:00.000Z' }));
      expect(await store.alerts(page)).toEqual([
        suppressed,
        sampleAlert(page, key, { at: '2022-01-05T10:05:00.000Z' }),
      ]);
    });

    it('keeps the records of one alert apart by channel, and those of every channel apart from all', async () => {
      const store = bench.store();
      const page = freshPage();
      const key = `${page}/revision/1/abcdef01`;
      for (const channel of ['sns', 'webhook']) await store.recordAlert(sampleAlert(page, key, { channel }));
      expect(await store.alert(page, key, null)).toBeNull();
      expect(await store.alert(page, key, 'console')).toBeNull();
      expect(await store.alert(page, key, 'webhook')).toEqual(sampleAlert(page, key, { channel: 'webhook' }));
      await store.recordAlert(sampleAlert(page, key, { channel: null, sent: false }));
      expect(await store.alert(page, key, 'sns')).toEqual(sampleAlert(page, key));
      expect((await store.alerts(page)).map(({ channel }) => channel)).toEqual([null, 'sns', 'webhook']);
    });

    it('lists them in parts by channel and key, each once', async () => {
      const store = bench.store();
      const page = freshPage();
      const places = [null, 'sns', 'sns-2'].flatMap((channel) =>
        ['health/1', 'revision/1/a', 'revision/2/b'].map((key) => ({ channel, key: `${page}/${key}` })),
      );
      for (const { channel, key } of [...places].reverse())
        await store.recordAlert(sampleAlert(page, key, { channel }));
      for (const limit of [1, 2, 4, 9, 20]) {
        const found: { channel: string | null; key: string }[] = [];
        for (;;) {
          const part = await store.alerts(page, limit, found.at(-1));
          expect(part.length).toBeLessThanOrEqual(limit);
          if (part.length === 0) break;
          found.push(...part.map(({ channel, key }) => ({ channel, key })));
        }
        expect(found).toEqual(places);
      }
    });

    it('has none for a page without alerts', async () => {
      expect(await bench.store().alerts(freshPage())).toEqual([]);
      expect(await bench.store().alert(freshPage(), 'a/revision/1', null)).toBeNull();
    });
  });
}
