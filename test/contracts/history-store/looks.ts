import { describe, expect, it } from 'vitest';
import { ConflictError } from '#app/errors.ts';
import type { Bench } from '../history-store.ts';
import { freshPage, sampleLooks } from '../samples.ts';

export function declareLooks(bench: Bench): void {
  describe('looks', () => {
    it('gives the days between two days, both inclusive, oldest first, of one page', async () => {
      const store = bench.store();
      const page = freshPage();
      const days = ['2022-02-01', '2022-01-26', '2021-12-31', '2022-01-27'];
      for (const day of days) await store.putLooks(sampleLooks(page, day), null);
      await store.putLooks(sampleLooks(`${page}-01`, '2022-01-26'), null);
      const between = async (from: string, to: string) => (await store.looks(page, from, to)).map(({ day }) => day);
      expect(await between('2022-01-26', '2022-01-27')).toEqual(['2022-01-26', '2022-01-27']);
      expect(await between('0000-01-01', '9999-12-31')).toEqual([...days].sort());
      expect(await between('2022-01-28', '2022-01-31')).toEqual([]);
      expect(await between('2022-01-27', '2022-01-26')).toEqual([]);
      expect(await store.looks(page, '2022-01-26', '2022-01-26')).toEqual([sampleLooks(page, '2022-01-26')]);
    });

    it('has none of a page that was never looked at', async () => {
      expect(await bench.store().looks(freshPage(), '0000-01-01', '9999-12-31')).toEqual([]);
    });

    it('replaces a day only from its stored version: no look of another worker is lost', async () => {
      const store = bench.store();
      const page = freshPage();
      const first = sampleLooks(page, '2022-01-26');
      await store.putLooks(first, null);
      await expect(store.putLooks(first, null)).rejects.toThrow(ConflictError);
      const second = { ...first, looks: `${first.looks}8Vc`, version: 2 };
      await store.putLooks(second, first);
      await expect(store.putLooks({ ...first, looks: `${first.looks}9Vf`, version: 2 }, first)).rejects.toThrow(
        ConflictError,
      );
      expect(await store.looks(page, first.day, first.day)).toEqual([second]);
    });

    it('keeps a day with a look in every minute', async () => {
      const store = bench.store();
      const page = freshPage();
      const whole = { ...sampleLooks(page, '2022-01-26'), looks: '8Uu'.repeat(1_440) };
      await store.putLooks(whole, null);
      expect(await store.looks(page, '2022-01-26', '2022-01-26')).toEqual([whole]);
    });
  });
}
