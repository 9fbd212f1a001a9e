import { describe, expect, it } from 'vitest';
import { ConflictError } from '#app/errors.ts';
import type { Bench } from '../history-store.ts';

export function declareFormat(bench: Bench): void {
  describe('the format of the store', () => {
    it('is written once, read as it was written, and then never replaced', async () => {
      const store = bench.store();
      const mark = { format: 2, writtenBy: '0.1.0' };
      if ((await store.format()) === null) await store.markFormat(mark);
      expect(await store.format()).toEqual(mark);
      await expect(store.markFormat({ ...mark, format: 3 })).rejects.toThrow(ConflictError);
      expect(await store.format()).toEqual(mark);
    });
  });
}
