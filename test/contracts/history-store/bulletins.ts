import { describe, expect, it } from 'vitest';
import type { Bulletin } from '#app/bulletins/record.ts';
import { ConflictError } from '#app/errors.ts';
import type { Bench } from '../history-store.ts';
import { freshPage } from '../samples.ts';

const bulletinOf = (pageId: string, version: number, more: Partial<Bulletin> = {}): Bulletin => ({
  pageId,
  seq: 0,
  messages: [],
  outages: [],
  count: 0,
  version,
  ...more,
});

export function declareBulletins(bench: Bench): void {
  describe('bulletins', () => {
    it('are given as they were written, with their messages and outages', async () => {
      const store = bench.store();
      const id = `@${freshPage()}.example`;
      expect(await store.bulletin(id)).toBeNull();
      const member = { page: 'p', seq: 1, alone: true, reported: true, up: null };
      const lastMailAt = '2022-01-01T00:00:00.000Z';
      const first = bulletinOf(id, 1, {
        seq: 1,
        messages: [{ seq: 1, at: lastMailAt, subject: 'two pages', text: 'Two pages.', data: { down: ['p', 'q'] } }],
        outages: [
          {
            reason: 'captcha',
            key: `${id}/outage/1`,
            lastMailAt,
            summaries: 1,
            members: [member],
            more: 0,
            closed: false,
          },
        ],
      });
      await store.putBulletin(first, null);
      expect(await store.bulletin(id)).toEqual(first);
    });

    it('are replaced by the version that follows, and by no other', async () => {
      const store = bench.store();
      const id = `@${freshPage()}.example`;
      const first = bulletinOf(id, 1);
      await store.putBulletin(first, null);
      await expect(store.putBulletin(first, null)).rejects.toThrow(ConflictError);
      const second = bulletinOf(id, 2, { count: 1 });
      await store.putBulletin(second, first);
      await expect(store.putBulletin(bulletinOf(id, 2), first)).rejects.toThrow(ConflictError);
      expect(await store.bulletin(id)).toEqual(second);
    });

    it('hold hundreds of pages, and are sound in an audit', async () => {
      const store = bench.store();
      const id = `@${freshPage()}.example`;
      const members = Array.from({ length: 500 }, (_, at) => ({
        page: `chronicle-${at}`.padEnd(80, 'x'),
        seq: 1,
        alone: false,
        reported: false,
        up: null,
      }));
      const lastMailAt = '2022-01-01T00:00:00.000Z';
      const outage = { reason: 'robots', key: 'k', lastMailAt, summaries: 0, members, more: 3, closed: false };
      await store.putBulletin(bulletinOf(id, 1, { outages: [outage] }), null);
      expect((await store.bulletin(id))?.outages[0]?.members).toHaveLength(500);
      const found = [];
      for await (const item of store.audit()) if (item.pageId === id) found.push(item);
      expect(found).toMatchObject([{ record: { kind: 'bulletin' }, faults: [] }]);
    });
  });
}
