import { lifeOf } from '#core/history/life.ts';
import type { Head, ParagraphState } from '#core/history/types.ts';
import { Visibility } from '../history/visibility.ts';
import type { HistoryStore, Listing } from '../ports.ts';
import { NotFoundError, quoted } from './errors.ts';
import { headOf, revisionAt, selectRevision } from './select.ts';
import type { ParagraphLife, Proof } from './types.ts';

/** Newest states of which a life is made: a paragraph that comes and goes every hour has 8,760 a year. */
export const LIFE_LIMIT = 500;

const BATCH = 100;

/**
 * A paragraph through its time: when it was first seen, when it was present, and since when it has its words and date.
 * @param asOf ISO 8601 instant: its life up to then. Absent: up to now.
 * @throws NotFoundError when there is no such page, or when the page had no such paragraph by then.
 */
export async function readLife(
  history: HistoryStore,
  pageId: string,
  paragraphId: string,
  asOf?: string,
): Promise<ParagraphLife> {
  const head = await headOf(history, pageId);
  const upTo = asOf === undefined ? head.revision : (await selectRevision(history, head, { asOf })).number;
  const life = lifeOf(await statesOf(history, head, paragraphId, upTo));
  if (life === null) {
    const when = asOf === undefined ? '' : ` by ${asOf}`;
    throw new NotFoundError(`The page ${quoted(pageId)} had no paragraph ${quoted(paragraphId)}${when}`);
  }
  const removal = life.present.at(-1)?.to ?? null;
  const [firstSeen, lastChanged, place] = await Promise.all([
    proofOf(history, head, life.firstSeen.revision),
    proofOf(history, head, life.lastChanged.revision),
    proofOf(history, head, removal === null ? upTo : removal.revision - 1),
  ]);
  return { ...life, firstSeen, lastChanged, place };
}

/** The newest states of a paragraph, oldest first. */
async function statesOf(
  history: HistoryStore,
  head: Head,
  paragraphId: string,
  upTo: number,
): Promise<ParagraphState[]> {
  const visibility = new Visibility(history);
  const states: ParagraphState[] = [];
  let after: string | null = null;
  do {
    const query = { paragraphId, upTo, newestFirst: true, limit: BATCH, ...(after === null ? {} : { after }) };
    const listing: Listing<ParagraphState> = await history.states(head.pageId, query);
    states.push(...(await visibility.filter(head, listing.items)));
    after = listing.next;
  } while (after !== null && states.length < LIFE_LIMIT);
  return states.slice(0, LIFE_LIMIT).reverse();
}

async function proofOf(history: HistoryStore, head: Head, revision: number): Promise<Proof> {
  const { id: revisionId, observedAt, captureId, sha256 } = await revisionAt(history, head, revision);
  return { revision, revisionId, observedAt, captureId, sha256 };
}
