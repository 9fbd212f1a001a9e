import { afterAll, beforeAll, describe } from 'vitest';
import type { HistoryStore } from '#app/ports.ts';
import { declareChecks } from './history-store/checks.ts';
import { declareFlips } from './history-store/flips.ts';
import { declareLimits } from './history-store/limits.ts';
import { declareListings } from './history-store/listings.ts';
import { declareRecords } from './history-store/records.ts';

export interface OpenHistoryStore {
  readonly store: HistoryStore;
  /** Waits until what was written is in every index; indexes of a real table follow their items. */
  readonly settled?: () => Promise<void>;
  close(): Promise<void>;
}

/** What a part of the suite works with: the store under test, once it is open. */
export interface Bench {
  store(): HistoryStore;
  settled(): Promise<void>;
}

/**
 * What every history store must do, whatever it is made of. One store serves the whole suite: the tests use pages of
 * their own and expect others beside them.
 */
export function describeHistoryStore(name: string, open: () => Promise<OpenHistoryStore>): void {
  describe(`history store: ${name}`, () => {
    let opened: OpenHistoryStore | undefined;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened?.close());
    const bench: Bench = {
      store() {
        if (opened === undefined) throw new Error('the store is not open');
        return opened.store;
      },
      settled: async () => opened?.settled?.(),
    };
    declareFlips(bench);
    declareChecks(bench);
    declareRecords(bench);
    declareListings(bench);
    declareLimits(bench);
  });
}
