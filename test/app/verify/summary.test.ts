import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refreshSummary } from '#app/history/refresh-summary.ts';
import { reparse } from '#app/history/reparse.ts';
import { shownAfter, verifySummary } from '#app/verify/summary.ts';
import { verify } from '#app/verify/verify.ts';
import { healthy } from '#core/health/step.ts';
import type { CheckState } from '#core/schedule/check.ts';
import type { CheckSummary } from '#core/schedule/summary.ts';
import { atEveryWrite } from '../../support/mortal.ts';
import { chroniclePage } from '../../support/sample-pages.ts';
import { eventfulCaptures, PAGE, reports, Watched } from '../../support/watched.ts';
import { readBadly } from '../history/older-parser.ts';

async function findings(store: Watched): Promise<string[]> {
  const found: string[] = [];
  for await (const event of verify({
    history: store.history,
    objects: store.objects,
    parser: store.parser,
    expires: false,
  })) {
    if (event.type === 'finding') found.push(`${event.finding.where}: ${event.finding.problem}`);
  }
  return found;
}

async function checkOf(store: Watched): Promise<CheckState> {
  const check = await store.history.check(PAGE.id);
  if (check === null) throw new Error('no check');
  return check;
}

/** Stores a check whose sums, index attributes and version are sound. */
async function altered(store: Watched, next: (check: CheckState) => Partial<CheckState>): Promise<void> {
  const check = await checkOf(store);
  await store.history.putCheck({ ...check, ...next(check), version: check.version + 1 }, check);
}

const OTHER: CheckSummary = {
  title: 'Another title',
  period: '1999-12',
  revision: 77,
  paragraphs: 177,
  firstObservedAt: '1999-12-01T00:00:00.000Z',
  observedAt: '1999-12-31T00:00:00.000Z',
  oldestDate: '1999-12-02',
  newestDate: '1999-12-30',
  state: 'down',
  reason: 'empty',
  since: '1999-12-03T00:00:00.000Z',
};
const OF_HEALTH = ['state', 'reason', 'since'];

describe('what lists show of a page', () => {
  it('is a finding in each of its fields, if head and health do not say so', async () => {
    const store = await new Watched().seeAll(eventfulCaptures(2));
    for (const field of Object.keys(OTHER) as (keyof CheckSummary)[]) {
      const before = await checkOf(store);
      expect(Object.keys(before.summary)).toContain(field);
      await altered(store, ({ summary }) => ({ summary: { ...summary, [field]: OTHER[field] } }));
      const of = OF_HEALTH.includes(field) ? 'health' : 'head';
      expect(await findings(store), field).toEqual([`check: its summary differs from the ${of}: ${field}`]);
      await altered(store, () => ({ summary: before.summary }));
    }
    expect(await findings(store)).toEqual([]);
  });

  it('is a finding where it is a revision behind, and the check counts the capture of the head as judged', async () => {
    const store = await new Watched().seeAll(eventfulCaptures(2).slice(0, 1));
    const { summary } = await checkOf(store);
    await store.see(eventfulCaptures(2)[1] ?? { at: '', body: new Uint8Array() });
    await altered(store, () => ({ summary }));
    const [found, ...rest] = await findings(store);
    expect(found).toContain('check: its summary differs from the head: revision, paragraphs, observedAt');
    expect(rest).toEqual([]);
  });

  it('is a finding where it shows a head that a page has lost, or never had', async () => {
    const store = new Watched();
    await store.see({ at: '2022-01-03T10:00:00Z', body: new Uint8Array(), status: 404 });
    expect(await findings(store)).toEqual([]);
    await altered(store, ({ summary }) => ({ summary: { ...summary, revision: 3 } }));
    expect(await findings(store)).toEqual(['check: its summary differs from the head: revision']);
  });

  it('may be behind after a parser upgrade that ended at any of its writes, and is right when it is repeated', async () => {
    const upgrade = async (store: Watched) => {
      for await (const _ of reparse(store.deps, [PAGE]));
    };
    const summaries = async (store: Watched) =>
      (await findings(store)).filter((found) => found.includes('its summary'));
    const behind: number[] = [];
    await atEveryWrite(
      async (store) => {
        for (const seen of eventfulCaptures(2).slice(0, 2)) await store.see(seen);
        await readBadly(store, PAGE.id);
        await refreshSummary(store.history, PAGE.id);
      },
      upgrade,
      async (store, at) => {
        expect(await summaries(store), at).toEqual([]);
        behind.push(((await store.history.head(PAGE.id))?.revision ?? 0) - (await checkOf(store)).summary.revision);
        await upgrade(store);
        expect(await summaries(store), at).toEqual([]);
        expect((await checkOf(store)).summary.revision, at).toBe(4);
      },
    );
    // Once between the flip and the summary.
    expect(behind.filter((count) => count === 1)).toHaveLength(1);
  });
});

describe('the heads that a check may show', () => {
  const store = new Watched();

  it('are the last one that is not explained and all after it', async () => {
    await store.seeAll([{ at: '2022-01-03T10:00:00Z', body: chroniclePage(reports(3)) }]);
    const head = await store.history.head(PAGE.id);
    if (head === null) throw new Error('no head');
    const check = await checkOf(store);
    const health = await store.history.health(PAGE.id);
    const revisions = fc.array(fc.boolean(), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(revisions, fc.nat(10), (explained, shows) => {
        const heads = explained.reduce<Parameters<typeof shownAfter>[0]>(
          (shown, isExplained, at) => shownAfter(shown, { ...head, revision: at + 1 }, isExplained),
          [null],
        );
        const summary = { ...check.summary, revision: shows };
        const found = [...verifySummary(PAGE.id, { check: { ...check, summary }, health }, heads)];
        const from = explained.lastIndexOf(false) + 1;
        // Number 0 is a page without a head, of which nothing else is shown either.
        const isRight = shows >= Math.max(from, 1) && shows <= explained.length;
        expect(found.length).toBe(isRight ? 0 : 1);
      }),
    );
  });

  it('say nothing where the chain is broken, and health that a later check wrote is no finding', async () => {
    const check = await checkOf(store);
    const state = { ...healthy('2022-01-05T00:00:00.000Z'), state: 'down' as const };
    const health = await store.history.health(PAGE.id);
    if (health === null) throw new Error('no health');
    const count = (observedAt: string, more: Partial<CheckState> = {}) =>
      [...verifySummary(PAGE.id, { check: { ...check, ...more }, health: { ...health, state, observedAt } }, null)]
        .length;
    expect(count(health.observedAt)).toBe(1);
    expect(count('2022-01-01T00:00:00.000Z')).toBe(1);
    expect(count('2022-01-04T00:00:00.000Z')).toBe(0);
    // The page still waits for the job that found it, though a clock that ran ahead made the last check.
    expect(count('2022-01-04T00:00:00.000Z', { lastCheckedAt: '2022-02-01T00:00:00.000Z' })).toBe(0);
    expect(count('2022-01-01T00:00:00.000Z', { importing: true })).toBe(0);
    expect([...verifySummary(PAGE.id, { check, health: undefined }, null)]).toEqual([]);
    expect([...verifySummary(PAGE.id, { check: null, health }, [null])]).toEqual([]);
  });
});
