import { expect, it } from 'vitest';
import { carryOut, planImport } from '#app/import/import.ts';
import { ImportRun, noteImport } from '#app/import/run.ts';
import { takeIn } from '#app/import/take-in.ts';
import { verify } from '#app/verify/verify.ts';
import { DEFAULT_HEALTH_POLICY } from '#core/health/step.ts';
import { atEveryWrite, type Mortal } from '../../support/mortal.ts';
import { chroniclePage, REPORTS } from '../../support/sample-pages.ts';
import { PAGE } from '../../support/watched.ts';

/*
 * A crash may leave a head whose capture the check does not count as judged yet. An import of a capture from before that
 * one must not put it behind.
 */

const page = (count: number) => chroniclePage(REPORTS.slice(0, count), {});
const at = (day: number) => `2022-01-${day}T10:00:00.000Z`;

async function importOf(store: Mortal, day: number): Promise<void> {
  const { history, objects, parser } = store;
  const now = () => new Date(at(25));
  const run = new ImportRun(now(), noteImport(history));
  const headers = { 'content-type': 'text/html; charset=utf-8' };
  const facts = { id: null, url: PAGE.url, finalUrl: PAGE.url, fetchedAt: at(day), status: 200, headers };
  const { id } = await takeIn(objects, PAGE.id, { ...facts, body: page(4) }, run);
  const deps = { history, objects, parser, policy: DEFAULT_HEALTH_POLICY, now };
  for await (const _ of carryOut(deps, PAGE, await planImport(deps, PAGE.id, new Set([id]))));
}

async function findings({ history, objects, parser }: Mortal): Promise<string[]> {
  const found: string[] = [];
  for await (const event of verify({ history, objects, parser, expires: false })) {
    if (event.type === 'finding') found.push(`${event.finding.where}: ${event.finding.problem}`);
  }
  return found;
}

it.each([
  ['the first capture', []],
  ['a later capture', [{ at: at(11), body: page(3) }]],
])(
  'an import of an older capture, after %s was ended at any of its writes, keeps the order of time',
  async (_, seen) => {
    const lengths = new Set<number>();
    await atEveryWrite(
      async (store) => void (await store.seeAll(seen)),
      async (store) => void (await store.see({ at: at(20), body: page(6) })),
      async (store, ended) => {
        await importOf(store, 15);
        expect(await findings(store), ended).toEqual([]);
        const revisions = await store.history.revisions(PAGE.id);
        const times = revisions.map(({ observedAt }) => observedAt);
        expect(times, ended).toEqual([...times].sort());
        expect(times, ended).toContain(at(15));
        lengths.add(times.length - seen.length);
      },
    );
    // Without the ended capture, which was not stored yet, and with it.
    expect([...lengths].sort()).toEqual([1, 2]);
  },
);

it('an import that ends too, at any of its writes, leaves no day of looks that verify takes for a fault', async () => {
  const first = { at: at(20), body: page(6) };
  const nothing = async () => {};
  const writes = await atEveryWrite(nothing, async (store) => void (await store.see(first)), nothing);
  await atEveryWrite(
    async (store) => {
      // All but the last write, which is the check.
      store.left = writes - 1;
      await expect(store.see(first)).rejects.toThrow();
      store.died = false;
    },
    (store) => importOf(store, 15),
    async (store, ended) => {
      const ofLooks = (await findings(store)).filter((found) => found.startsWith('looks'));
      expect(ofLooks, ended).toEqual([]);
    },
  );
});
