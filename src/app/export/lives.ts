import { type Life, lifeOf } from '#core/history/life.ts';
import type { Head, ParagraphState } from '#core/history/types.ts';
import { Visibility } from '../history/visibility.ts';
import type { HistoryStore, Listing } from '../ports.ts';
import { isNotAfter, type Period } from './period.ts';

const BATCH = 250;

/** A paragraph's life, and its last state. */
export interface ParagraphRecord {
  readonly life: Life;
  readonly state: ParagraphState;
}

/** Every paragraph that a page had up to the end of a period, by id. Holds the states of one paragraph at a time. */
export async function* livesOf(
  history: HistoryStore,
  head: Head,
  period: Pick<Period, 'to'>,
): AsyncGenerator<ParagraphRecord> {
  const visibility = new Visibility(history);
  let states: ParagraphState[] = [];
  let after: string | null = null;
  do {
    const query = { limit: BATCH, ...(after === null ? {} : { after }) };
    const listing: Listing<ParagraphState> = await history.states(head.pageId, query);
    for (const state of await visibility.filter(head, listing.items)) {
      if (!isNotAfter(state.observedAt, period.to)) continue;
      if (states[0] !== undefined && states[0].paragraphId !== state.paragraphId) {
        yield* recordOf(states);
        states = [];
      }
      states.push(state);
    }
    after = listing.next;
  } while (after !== null);
  yield* recordOf(states);
}

function* recordOf(states: readonly ParagraphState[]): Generator<ParagraphRecord> {
  const life = lifeOf(states);
  const state = states.at(-1);
  if (life !== null && state !== undefined) yield { life, state };
}
