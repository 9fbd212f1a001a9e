import { describe, expect, it } from 'vitest';
import { carryOut, planImport } from '#app/import/import.ts';
import { ImportRun, noteImport } from '#app/import/run.ts';
import { takeIn } from '#app/import/take-in.ts';
import { type Finding, type Tally, verify } from '#app/verify/verify.ts';
import { DEFAULT_HEALTH_POLICY } from '#core/health/step.ts';
import { atEveryWrite } from '../../support/mortal.ts';
import { eventfulCaptures, PAGE, type Watched } from '../../support/watched.ts';

async function outcome(store: Watched) {
  const findings: Finding[] = [];
  let tally: Tally | null = null;
  for await (const event of verify({ history: store.history, objects: store.objects, parser: '1', expires: false })) {
    if (event.type === 'finding') findings.push(event.finding);
    if (event.type === 'done') tally = event.tally as Tally;
  }
  return { findings, tally };
}

/** An import of the first two captures: stored, planned, carried out. */
async function importFirst(store: Watched): Promise<void> {
  const { history, objects } = store;
  const ids = new Set<string>();
  const now = () => new Date('2022-03-01T00:00:00.000Z');
  const run = new ImportRun(now(), noteImport(history));
  for (const { at, body } of eventfulCaptures(2).slice(0, 2)) {
    const foreign = {
      id: null,
      url: PAGE.url,
      finalUrl: PAGE.url,
      fetchedAt: at,
      status: 200,
      headers: {},
      body,
    };
    ids.add((await takeIn(objects, PAGE.id, foreign, run)).id);
  }
  const deps = { history, objects, parser: '1', policy: DEFAULT_HEALTH_POLICY, now };
  for await (const _ of carryOut(deps, PAGE, await planImport(deps, PAGE.id, ids))) void _;
}

describe('an import that ended at any of its writes', () => {
  const all = eventfulCaptures(2);

  it('leaves an import of older captures that can be run again, without a fault of the tracked page', async () => {
    const waited: number[] = [];
    const writes = await atEveryWrite(
      async (store) => {
        for (const one of all.slice(2, 5)) {
          await store.see(one);
          await store.notify();
        }
      },
      async (store) => {
        await importFirst(store);
      },
      async (store, at) => {
        const { findings, tally } = await outcome(store);
        expect(findings, at).toEqual([]);
        waited.push(tally?.waiting ?? -1);
      },
    );
    expect(writes).toBeGreaterThan(10);
    expect(Math.max(...waited)).toBe(2);
    expect(waited.at(-1)).toBe(0);
  });

  it('asks to run the import of a new page again, and has no finding afterwards', async () => {
    const problems: string[] = [];
    await atEveryWrite(
      async () => {},
      importFirst,
      async (store, at) => {
        const { findings } = await outcome(store);
        const places = findings.map(({ where }) => where).join();
        // The health that was found goes before the check, which goes before the head.
        expect(['', 'head', 'head,check'], at).toContain(places);
        problems.push(...findings.flatMap(({ where, problem }) => (where === 'head' ? [problem] : [])));
        await importFirst(store);
        expect(await outcome(store), at).toMatchObject({ findings: [], tally: { waiting: 0 } });
      },
    );
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.every((problem) => problem.includes('run an interrupted import or rebuild again'))).toBe(true);
  });
});
