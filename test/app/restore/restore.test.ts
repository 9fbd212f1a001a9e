import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planRestore, restoreTable } from '#app/restore/restore.ts';
import { THIS_FORMAT } from '#app/store-format.ts';
import type { ItemTable } from '../../support/item-table.ts';
import { eventfulCaptures, PAGE, Watched } from '../../support/watched.ts';
import { depsOf, faultsOf, namesOf, opened, sorted } from './tables.ts';

const ALL = eventfulCaptures();

/** The table after each capture, and the store at the end. */
async function watchedTables(): Promise<{ readonly tables: readonly ItemTable[]; readonly end: Watched }> {
  const end = new Watched();
  const tables: ItemTable[] = [];
  for (const seen of ALL) {
    await end.see(seen);
    tables.push(end.table.clone());
  }
  return { tables, end };
}

const watched = watchedTables();
const at = async (index: number) => {
  const table = (await watched).tables.at(index);
  if (table === undefined) throw new Error(`no table ${index}`);
  return table;
};

/** What a reader finds of the page: an error where something is missing that the head names. */
async function readable(table: ItemTable): Promise<string[]> {
  const { history } = opened(table);
  const head = await history.head(PAGE.id);
  const found: string[] = [];
  for (let number = 1; number <= (head?.revision ?? 0); number += 1) {
    const revision = await history.revision(PAGE.id, number);
    if (revision === null) throw new Error(`revision ${number} of ${head?.revision} is missing`);
    const changes = await history.changesOf(PAGE.id, number);
    found.push(`${revision.id} ${changes.map(({ seq }) => seq)}`);
  }
  return found;
}

describe('a table that is restored from a copy', () => {
  it('is equal to the copy, item by item', async () => {
    const [copy, table] = [await at(6), (await at(-1)).clone()];
    for (const [index, item] of table.items().entries()) {
      if (index % 7 === 0) table.lose(item);
      if (index % 11 === 0) table.damage(item, { ...item, data: '{"nothing": true}' });
    }
    await restoreTable(depsOf(copy, table));
    expect(sorted(table)).toEqual(sorted(copy));
  });

  it('is equal to it when everything is lost, or nothing is', async () => {
    const copy = await at(-1);
    const table = copy.clone();
    const plan = await planRestore(depsOf(copy, table));
    expect(plan).toMatchObject({ pages: 1, missing: 0, different: 0, surplus: 0, same: copy.items().length });
    for (const item of table.items()) table.lose(item);
    expect(await planRestore(depsOf(copy, table))).toMatchObject({ missing: copy.items().length, same: 0 });
    await restoreTable(depsOf(copy, table));
    expect(sorted(table)).toEqual(sorted(copy));
  });

  it('counts in advance what it then does', async () => {
    const [copy, table] = [await at(4), (await at(-1)).clone()];
    const plan = await planRestore(depsOf(copy, table));
    const before = sorted(table);
    let [written, removed] = [0, 0];
    await restoreTable(depsOf(copy, table), ({ what, done }) => {
      if (what === 'writing') written = done;
      if (what === 'removing') removed = done;
    });
    expect(before.length).toBe(plan.same + plan.different + plan.surplus + plan.kept);
    expect({ written, removed }).toEqual({ written: plan.missing + plan.different, removed: plan.surplus });
  });

  it('names damaged items of the copy', async () => {
    const copy = (await at(3)).clone();
    const head = copy.items().find(({ sk }) => sk === 'HEAD') ?? {};
    copy.damage(head, { ...head, revision: 99 });
    const plan = await planRestore(depsOf(copy, await at(3)));
    expect(plan).toMatchObject({ damaged: 1, different: 1 });
    expect(plan.examples).toEqual([`PAGE#${PAGE.id} HEAD: it does not match its sum`]);
  });

  it('has large values with all their parts', async () => {
    const copy = (await at(0)).clone();
    const parts = [1, 2, 3].map((part) => ({
      pk: 'PART#PAGE#x#REV#1',
      sk: `h#000${part}`,
      packed: new Uint8Array(900),
    }));
    for (const part of parts) copy.damage(part, part);
    const table = (await at(0)).clone();
    await restoreTable(depsOf(copy, table));
    expect(sorted(table)).toEqual(sorted(copy));
  });
});

describe('readers while a table is restored', () => {
  const directions = [
    ['to an older copy', 2, -1],
    ['to a newer copy', -1, 2],
  ] as const;

  it.each(directions)('find everything that the head names, at each write: %s', async (_, from, to) => {
    const [copy, table] = [await at(from), (await at(to)).clone()];
    const [old, restored] = [await readable(table), await readable(copy)];
    const seen = new Set<string>();
    await restoreTable(depsOf(copy, table, async () => void seen.add(JSON.stringify(await readable(table)))));
    expect(await readable(table)).toEqual(restored);
    for (const one of seen) expect([JSON.stringify(old), JSON.stringify(restored)]).toContain(one);
    expect(seen.size).toBe(2);
  });

  it('are refused until the format is there, when the table was empty', async () => {
    const [copy, table] = [(await at(-1)).clone(), (await at(-1)).clone()];
    await opened(copy).history.markFormat(THIS_FORMAT);
    for (const item of table.items()) table.lose(item);
    const order: string[] = [];
    await restoreTable(
      depsOf(copy, table, async () => {
        for (const name of namesOf(table)) if (!order.includes(name)) order.push(name);
      }),
    );
    const last = namesOf(table).filter((name) => !order.includes(name));
    const tail = [...order, ...last].slice(-2);
    expect(tail).toEqual([`PAGE#${PAGE.id} CHECK`, 'STORE FORMAT']);
  });
});

describe('a restore that is interrupted', () => {
  it('is completed by the same call, wherever it ended', async () => {
    const [copy, later] = [await at(5), await at(-1)];
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 40 }), fc.array(fc.nat({ max: 500 }), { maxLength: 30 }), async (calls, lost) => {
        const table = later.clone();
        const items = table.items();
        for (const index of lost) table.lose(items[index % items.length] ?? {});
        let left = calls;
        const dying = async () => {
          left -= 1;
          if (left < 0) throw new Error('the machine went down');
        };
        await restoreTable(depsOf(copy, table, dying)).catch(() => undefined);
        await restoreTable(depsOf(copy, table));
        expect(sorted(table)).toEqual(sorted(copy));
      }),
      { numRuns: 30 },
    );
  });

  it('leaves a history that verifies, with its objects', async () => {
    const { end } = await watched;
    const [copy, table] = [await at(-1), (await at(-1)).clone()];
    for (const item of table.items().filter((_, index) => index % 3 === 0)) table.lose(item);
    await restoreTable(depsOf(copy, table));
    expect(await faultsOf(opened(table).history, end.objects)).toEqual([]);
  });
});
