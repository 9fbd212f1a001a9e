import { createHistoryStore } from '#adapters/aws/dynamodb/history-store.ts';
import { createRawItems } from '#adapters/aws/dynamodb/raw-items.ts';
import { Table } from '#adapters/aws/dynamodb/table.ts';
import { notifyPage } from '#app/notify/notify.ts';
import type { HistoryStore, ObjectStore } from '#app/ports.ts';
import { verify } from '#app/verify/verify.ts';
import { DEFAULT_RULES } from '#core/alerts/rules.ts';
import type { Alert } from '#core/alerts/types.ts';
import { type Command, clientOf, type ItemTable } from '../../support/item-table.ts';
import { PAGE } from '../../support/watched.ts';

/** A table in memory as the restore sees it. `before` runs before each of its calls, and may fail it. */
export function opened(items: ItemTable, before: (command: Command) => Promise<void> = async () => {}) {
  const client = clientOf(async (command) => {
    await before(command);
    return items.send(command);
  });
  const table = new Table(client, 'daybook', async () => {});
  return { items: createRawItems(table), history: createHistoryStore(table) };
}

/** What a restore needs of two tables in memory. */
export function depsOf(copy: ItemTable, table: ItemTable, before?: (command: Command) => Promise<void>) {
  const from = opened(copy);
  const to = opened(table, before);
  return { copy: from.items, table: to.items, copied: from.history, history: to.history };
}

const nameOf = (item: Record<string, unknown>) => `${item.pk} ${item.sk}`;

/** All items in one order, for comparing tables. */
export function sorted(table: ItemTable): Record<string, unknown>[] {
  return table.items().sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

export const namesOf = (table: ItemTable) => sorted(table).map(nameOf);

export async function faultsOf(history: HistoryStore, objects: ObjectStore): Promise<string[]> {
  const found: string[] = [];
  for await (const event of verify({ history, objects, parser: '1', expires: false })) {
    if (event.type === 'finding') found.push(`${event.finding.where}: ${event.finding.problem}`);
  }
  return found;
}

/** The notifier over a store, as the stream starts it, with the keys of everything that it sent. */
export function mailer(history: HistoryStore) {
  const sent: string[] = [];
  const channels = { sns: { send: async ({ key }: Alert) => void sent.push(key) } };
  const log = { info: () => {}, warn: () => {} };
  const now = () => new Date('2022-03-01T00:00:00Z');
  const deps = { history, channels, rules: DEFAULT_RULES, readerUrl: null, log, now };
  return { sent, run: () => notifyPage(deps, PAGE.id) };
}
