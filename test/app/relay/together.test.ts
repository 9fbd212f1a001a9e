import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { fetchPage } from '#app/fetch/fetch.ts';
import type { IngestCall } from '#app/fetch/fetch-call.ts';
import { verify } from '#app/verify/verify.ts';
import { chroniclePage } from '../../support/sample-pages.ts';
import { reports } from '../../support/watched.ts';
import { memoryStore } from '../configured-world.ts';
import { PAGE, textOf } from '../world.ts';
import { RelayWorld } from './relay-world.ts';

/**
 * Two relays and the functions bring one page at the same time, and what they report comes late, twice and in any order.
 * Whatever happens: the store verifies, revisions are numbered without a gap, and the next look shows the page as it is.
 */
const ACTS = ['first relay', 'second relay', 'function', 'deliver', 'deliver again', 'change', 'wait'] as const;
const act = fc.constantFrom(...ACTS);
const acts = fc.array(fc.tuple(act, fc.nat(9)), { minLength: 1, maxLength: 25 });

it('relays and functions together make one history', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(acts, async (steps) => {
      const store = memoryStore();
      const world = new RelayWorld(store);
      const { deployed } = world;
      deployed.relayed = () => false;
      let paragraphs = 4;
      deployed.shows(chroniclePage(reports(paragraphs)));
      await deployed.plan();
      const leased = deployed.fetchQueue.drain();
      const relays = [world.relay(), world.relay()];
      const waiting: IngestCall[] = [];
      const delivered: IngestCall[] = [];
      for (const [what, number] of steps) {
        world.later(0.01);
        if (what === 'first relay') await relays[0]?.round([{ page: PAGE, every: null, named: true }]);
        if (what === 'second relay') await relays[1]?.round([{ page: PAGE, every: null, named: true }]);
        if (what === 'function') {
          await deployed.plan();
          for (const job of [...leased.splice(0), ...deployed.fetchQueue.drain()]) {
            const seen = await fetchPage(deployed.fetchDeps, job);
            if (seen !== null) waiting.push({ observations: [seen] });
          }
        }
        waiting.push(...world.queue.drain());
        if (what === 'deliver') {
          const calls = waiting.splice(number % Math.max(waiting.length, 1), 1);
          await world.take(calls);
          delivered.push(...calls);
        }
        if (what === 'deliver again') await world.take(delivered.slice(number % Math.max(delivered.length, 1)));
        if (what === 'change') {
          paragraphs = 4 + (number % 4);
          deployed.shows(chroniclePage(reports(paragraphs)));
        }
        if (what === 'wait') world.later(number);
      }
      await world.take(waiting.reverse());
      world.later(48);
      await world.relay().round([{ page: PAGE, every: null }]);
      await world.take();

      const faults: string[] = [];
      for await (const event of verify({ ...store, parser: '1', expires: false })) {
        if (event.type === 'finding') faults.push(`${event.finding.where}: ${event.finding.problem}`);
      }
      expect(faults).toEqual([]);
      expect(await textOf(store)).toHaveLength(paragraphs);
      const numbers = (await store.history.revisions(PAGE.id)).map(({ number }) => number);
      expect(numbers).toEqual(numbers.map((_, at) => at + 1));
      expect((await store.history.check(PAGE.id))?.leasedUntil).toBeNull();
    }),
    { numRuns: 60 },
  );
});
