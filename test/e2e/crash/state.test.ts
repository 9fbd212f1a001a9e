import { describe, expect, it } from 'vitest';
import { createHistoryStore } from '#adapters/aws/dynamodb/history-store.ts';
import { Table } from '#adapters/aws/dynamodb/table.ts';
import type { ItemTable } from '../../support/item-table.ts';
import { eventfulCaptures, PAGE as OTHER, Watched } from '../../support/watched.ts';
import { difference } from './difference.ts';
import { PAGE, TABLE_NAME } from './world/machine.ts';
import { ObjectMap } from './world/object-map.ts';
import { undisturbed } from './world/reference.ts';
import { stateOf } from './world/state.ts';

const stateIn = (table: ItemTable, objects = new ObjectMap()) =>
  stateOf(createHistoryStore(new Table(table.client(), TABLE_NAME)), objects, []);

/** Items without which the state is still the same; those that no reading survives are seen. */
async function unseen(table: ItemTable, objects?: ObjectMap): Promise<string[]> {
  const whole = await stateIn(table, objects);
  expect(difference(whole, await stateIn(table.clone(), objects))).toEqual([]);
  const found: string[] = [];
  for (const item of table.items()) {
    const without = table.clone();
    without.lose(item);
    const lines = await stateIn(without, objects).then(
      (state) => difference(whole, state),
      (error: unknown) => [String(error)],
    );
    if (lines.length === 0) found.push(`${item.pk} ${item.sk}`);
  }
  return found;
}

describe('the state that two runs are compared by', () => {
  it('misses no item of the page: each one that is lost shows', async () => {
    const end = (await undisturbed()).at(-1)?.before;
    if (end === undefined) throw new Error('nothing ran');
    const kinds = new Set(end.table.items().map(({ sk }) => String(sk).split('#')[0]));
    for (const kind of [
      'HEAD',
      'HEALTH',
      'CHECK',
      'LOOKS',
      'CURSOR',
      'REV',
      'CHG',
      'PAR',
      'PAST',
      'TEXT',
      'RID',
      'ALERT',
    ])
      expect([...kinds]).toContain(kind);
    expect(await unseen(end.table, end.objects)).toEqual([]);
  });

  it('misses no object', async () => {
    const end = (await undisturbed()).at(-1)?.before;
    if (end === undefined) throw new Error('nothing ran');
    const whole = await stateIn(end.table, end.objects);
    let count = 0;
    for await (const key of end.objects.list('')) {
      const without = new ObjectMap();
      for await (const other of end.objects.list('')) {
        if (other !== key) await without.putOnce(other, (await end.objects.get(other)) ?? new Uint8Array());
      }
      expect(difference(whole, await stateIn(end.table, without)).length, key).toBeGreaterThan(0);
      count += 1;
    }
    expect(count).toBeGreaterThan(20);
  });

  it('has other tracked pages too: what is stored of them, how they were added, whether they are paused', async () => {
    const other = { ...OTHER, id: 'quay-2022-01', url: 'https://chronicle.example/quay.htm' };
    const store = await new Watched().seeAll(eventfulCaptures(2), other);
    expect(PAGE.id).not.toBe(other.id);
    expect(await unseen(store.table)).toEqual([]);

    const whole = await stateIn(store.table);
    const check = await store.history.check(other.id);
    if (check === null) throw new Error('no check');
    for (const more of [{ added: { every: 60 } }, { paused: true }, { retired: true }] as const) {
      const table = store.table.clone();
      const next = { ...check, ...more, version: check.version + 1 };
      await createHistoryStore(new Table(table.client(), TABLE_NAME)).putCheck(next, check);
      expect(difference(whole, await stateIn(table)).join(), JSON.stringify(more)).toContain('tracked.0');
    }
  });
});
