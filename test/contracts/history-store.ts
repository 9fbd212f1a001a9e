import { afterAll, beforeAll, describe } from 'vitest';
import type { HistoryStore } from '#app/ports.ts';
import { declareBulletins } from './history-store/bulletins.ts';
import { declareChecks } from './history-store/checks.ts';
import { declareFlips } from './history-store/flips.ts';
import { declareFormat } from './history-store/format.ts';
import { declareLimits } from './history-store/limits.ts';
import { declareListings } from './history-store/listings.ts';
import { declareLooks } from './history-store/looks.ts';
import { declarePast } from './history-store/past.ts';
import { declareRecords } from './history-store/records.ts';
import { declareSeries } from './history-store/series.ts';
import { declareStates } from './history-store/states.ts';

export interface OpenHistoryStore {
  readonly store: HistoryStore;
  /** Waits until what was written is in every index; indexes of a real table follow their items. */
  readonly recorded?: () => Promise<void>;
  close(): Promise<void>;
}

/** How much of the same is tried: a slow store need not repeat what a fast one has shown. */
export interface Scale {
  /** Random queries a listing. */
  readonly runs: number;
  /** Changes of the largest revision. */
  readonly changes: number;
}

export const WHOLE: Scale = { runs: 40, changes: 20_000 };
export const SMALL: Scale = { runs: 4, changes: 500 };

/** What a part of the suite works with: the store under test, once it is open. */
export interface Bench {
  store(): HistoryStore;
  recorded(): Promise<void>;
  readonly scale: Scale;
}

/**
 * What every history store must do, whatever it is made of. One store serves the whole suite: the tests use pages of
 * their own and expect others next to them.
 */
export function describeHistoryStore(name: string, open: () => Promise<OpenHistoryStore>, scale: Scale = WHOLE): void {
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
      recorded: async () => opened?.recorded?.(),
      scale,
    };
    declareFormat(bench);
    declareFlips(bench);
    declareBulletins(bench);
    declareChecks(bench);
    declareRecords(bench);
    declarePast(bench);
    declareStates(bench);
    declareSeries(bench);
    declareLooks(bench);
    declareListings(bench);
    declareLimits(bench);
  });
}
