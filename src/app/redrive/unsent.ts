import { firstCursor, type NotifyCursor } from '#core/alerts/record.ts';
import { ahead } from '../ahead.ts';
import { bulletinOf, DAYBOOK } from '../bulletins/record.ts';
import type { HistoryStore, ListedCheck, Listing } from '../ports.ts';

/** What says how far the channels have come. */
export type Alerted = Pick<HistoryStore, 'pages' | 'heads' | 'health' | 'bulletin' | 'cursors'>;

/** Pages whose state is read together, and of them those at the same time. */
const TOGETHER = 100;
const WIDTH = 8;

/**
 * Ids of pages, and of bulletins, with news that a channel has not got yet. Reads the state of each page once, and yields
 * how many pages it has looked at.
 */
export async function* unsentPages(history: Alerted, channels: readonly string[]): AsyncGenerator<number, string[]> {
  const unsent: string[] = [];
  const bulletins = new Set([DAYBOOK]);
  let looked = 0;
  let after: string | null = null;
  do {
    const listed: Listing<ListedCheck> = await history.pages({
      limit: TOGETHER,
      ...(after === null ? {} : { after }),
    });
    const pages = listed.items.map(({ page }) => page);
    const heads = await history.heads(pages.map(({ id }) => id));
    const late = await filter(pages, async ({ id }) => {
      const [health, cursors] = await Promise.all([history.health(id), history.cursors(id)]);
      return isLate(id, channels, cursors, { revision: heads.get(id)?.revision ?? 0, healthSeq: health?.seq ?? 0 });
    });
    unsent.push(...late.map(({ id }) => id));
    for (const { url } of pages) bulletins.add(bulletinOf(url));
    looked += pages.length;
    yield looked;
    after = listed.next;
  } while (after !== null);
  const late = await filter([...bulletins], async (id) => {
    const [bulletin, cursors] = await Promise.all([history.bulletin(id), history.cursors(id)]);
    return isLate(id, channels, cursors, { revision: 0, healthSeq: bulletin?.seq ?? 0 });
  });
  return [...unsent, ...late];
}

function isLate(
  id: string,
  channels: readonly string[],
  cursors: readonly NotifyCursor[],
  newest: Pick<NotifyCursor, 'revision' | 'healthSeq'>,
): boolean {
  return channels.some((channel) => {
    const cursor = cursors.find((one) => one.channel === channel) ?? firstCursor(id, channel, cursors);
    return cursor.revision < newest.revision || cursor.healthSeq < newest.healthSeq;
  });
}

/** The items that pass, in their order; some are tested at the same time. */
async function filter<T>(items: readonly T[], passes: (item: T) => Promise<boolean>): Promise<T[]> {
  const kept: T[] = [];
  const tested = ahead(items, WIDTH, async (item) => ({ item, isKept: await passes(item) }));
  for await (const { item, isKept } of tested) if (isKept) kept.push(item);
  return kept;
}
