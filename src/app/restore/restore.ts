import { unlessDamaged } from '../errors.ts';
import type { Rank, RawItem, RawItems } from './ports.ts';
import { type Copied, type Deployed, SentAlerts } from './sent-alerts.ts';

export interface RestoreDeps<T extends RawItem> {
  readonly copy: RawItems<T>;
  /** The table that is made equal to the copy. */
  readonly table: RawItems<T>;
  /** The copy, and the table, as a history. */
  readonly copied: Copied;
  readonly history: Deployed;
}

/** What a restore does, or would do. Counts are items. */
export interface RestorePlan {
  /** Pages that the copy tracks. */
  readonly pages: number;
  /** The copy has it, the table does not. */
  readonly missing: number;
  /** Both have it, and not the same. */
  readonly different: number;
  readonly same: number;
  /** The table has it, the copy does not: it goes. */
  readonly surplus: number;
  /** Records of alerts that only the table has and that stay: see `SentAlerts`. */
  readonly kept: number;
  /** Items of the copy that are damaged themselves: how many, and the first few. */
  readonly damaged: number;
  readonly examples: readonly string[];
}

export interface RestoreProgress {
  readonly what: 'comparing' | 'writing' | 'removing';
  readonly done: number;
}

const BATCH = 100;
const EXAMPLES = 5;

/** Reads both tables and changes nothing. */
export async function planRestore<T extends RawItem>(
  { copy, table, copied, history }: RestoreDeps<T>,
  report: (progress: RestoreProgress) => void = () => {},
): Promise<RestorePlan> {
  const sentAlerts = await SentAlerts.of(copied, history);
  const examples: string[] = [];
  let [pages, missing, different, same, surplus, kept, damaged, done] = [0, 0, 0, 0, 0, 0, 0, 0];
  for await (const batch of batched(copy.scan())) {
    const present = await table.find(batch);
    for (const item of batch) {
      const there = present.get(item.where);
      if (item.rank === 'check') pages += 1;
      if (there === undefined) missing += 1;
      else if (table.isSame(item, there)) same += 1;
      else different += 1;
      if (item.fault === null) continue;
      damaged += 1;
      if (examples.length < EXAMPLES) examples.push(`${item.where}: ${item.fault}`);
    }
    done += batch.length;
    report({ what: 'comparing', done });
  }
  for await (const batch of batched(table.scan())) {
    for (const item of await lackedBy(copy, batch)) {
      if (await stays(sentAlerts, item)) kept += 1;
      else surplus += 1;
    }
    done += batch.length;
    report({ what: 'comparing', done });
  }
  return { pages, missing, different, same, surplus, kept, damaged, examples };
}

/**
 * Makes the table equal to the copy, item by item as they are stored. Readers never see a head whose items are missing:
 * first the content is written, then what names it, then the checks. Only then what the copy does not have is removed, again
 * what names content before the content. The format, which opens a store of another version, comes last. It asks both
 * tables at each step, so the same call again completes what was interrupted, and changes nothing where nothing is left.
 */
export async function restoreTable<T extends RawItem>(
  deps: RestoreDeps<T>,
  report: (progress: RestoreProgress) => void = () => {},
): Promise<void> {
  const sentAlerts = await SentAlerts.of(deps.copied, deps.history);
  const [wrote, removed] = [counting('writing', report), counting('removing', report)];
  await write(deps, ['content'], wrote);
  await write(deps, ['flip'], wrote);
  await write(deps, ['check'], wrote);
  await removeSurplus(deps, sentAlerts, ['flip', 'check'], removed);
  await removeSurplus(deps, sentAlerts, ['content', 'format'], removed);
  await write(deps, ['format'], wrote);
}

type Count = (count: number) => void;

function counting(what: RestoreProgress['what'], report: (progress: RestoreProgress) => void): Count {
  let done = 0;
  return (count) => {
    done += count;
    report({ what, done });
  };
}

async function write<T extends RawItem>(
  { copy, table }: RestoreDeps<T>,
  ranks: readonly Rank[],
  count: Count,
): Promise<void> {
  for await (const batch of batched(ofRank(copy.scan(), ranks))) {
    const present = await table.find(batch);
    const wanted = batch.filter((item) => {
      const there = present.get(item.where);
      return there === undefined || !table.isSame(item, there);
    });
    await table.put(wanted);
    count(wanted.length);
  }
}

async function removeSurplus<T extends RawItem>(
  { copy, table, history }: RestoreDeps<T>,
  sentAlerts: SentAlerts,
  ranks: readonly Rank[],
  count: Count,
): Promise<void> {
  for await (const batch of batched(ofRank(table.scan(), ranks))) {
    const surplus: T[] = [];
    for (const item of await lackedBy(copy, batch)) {
      if (!(await stays(sentAlerts, item))) surplus.push(item);
      else if (item.alertItem?.kind === 'cursor') {
        const { pageId, channel } = item.alertItem;
        await unlessDamaged(() => sentAlerts.bound(history, pageId, channel), undefined);
      }
    }
    await table.remove(surplus);
    count(surplus.length);
  }
}

const stays = async (sentAlerts: SentAlerts, { alertItem, fault }: RawItem) =>
  alertItem !== null && fault === null && (await sentAlerts.stays(alertItem));

async function lackedBy<T extends RawItem>(copy: RawItems<T>, items: readonly T[]): Promise<T[]> {
  const there = await copy.find(items);
  return items.filter(({ where }) => !there.has(where));
}

async function* ofRank<T extends RawItem>(items: AsyncIterable<T>, ranks: readonly Rank[]): AsyncGenerator<T> {
  for await (const item of items) if (ranks.includes(item.rank)) yield item;
}

async function* batched<T>(items: AsyncIterable<T>): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
