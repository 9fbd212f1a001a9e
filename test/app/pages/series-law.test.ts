import fc from 'fast-check';
import { expect, it } from 'vitest';
import { editPage } from '#app/pages/edit-pages.ts';
import { UsageError } from '#core/errors.ts';
import type { PageEdit } from '#core/pages/edit.ts';
import { ConfiguredWorld } from '../configured-world.ts';

const key = fc.constantFrom('a', 'b', 'c');
const patternOf = (place: string) => `https://free.example/${place}/{yyyy}-{MM}.htm`;

type Step =
  | PageEdit
  | { readonly action: 'configure'; readonly series: readonly (readonly [id: string, place: string])[] };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    action: fc.constant('add-series' as const),
    id: key,
    pattern: key.map(patternOf),
    from: fc.constant('2022-01'),
  }),
  fc.record({ action: fc.constantFrom('remove' as const, 'pause' as const, 'resume' as const), id: key }),
  fc.record({
    action: fc.constant('configure' as const),
    series: fc
      .tuple(fc.subarray(['a', 'b', 'c']), fc.shuffledSubarray(['a', 'b', 'c'], { minLength: 3 }))
      .map(([ids, places]) => ids.map((id, at) => [id, places[at] ?? id] as const)),
  }),
);

interface Series {
  readonly pattern: string;
  readonly by: 'config' | 'added' | null;
  readonly paused: boolean;
}

/** What is tracked, without a store: a series a line. */
class Model {
  readonly series = new Map<string, Series>();
  /** The patterns of the records, which a removed series leaves. */
  readonly records = new Map<string, string>();

  /** False where the step must be refused. */
  take(step: Step): boolean {
    if (step.action === 'configure') {
      this.#configure(step.series);
      return true;
    }
    if (step.action === 'add-series') return this.#add(step.id ?? '', step.pattern);
    if (step.action === 'add') return false;
    const one = this.series.get(step.id);
    if (one?.by === 'config' || !this.records.has(step.id)) return false;
    if (step.action === 'remove') this.series.delete(step.id);
    else if (one === undefined) return false;
    else this.series.set(step.id, { ...one, paused: step.action === 'pause' });
    return true;
  }

  #add(id: string, pattern: string): boolean {
    const isTracked = this.series.has(id) || [...this.series.values()].some((one) => one.pattern === pattern);
    if (isTracked || (this.records.get(id) ?? pattern) !== pattern) return false;
    this.series.set(id, { pattern, by: 'added', paused: false });
    this.records.set(id, pattern);
    return true;
  }

  #configure(named: readonly (readonly [string, string])[]): void {
    for (const [id, one] of this.series) {
      const isNamed = named.some(([other, place]) => other === id || patternOf(place) === one.pattern);
      if (one.by === 'config' || isNamed) this.series.delete(id);
    }
    for (const [id, place] of named) this.series.set(id, { pattern: patternOf(place), by: 'config', paused: false });
  }
}

it('any order of edits and configurations ends in the state of a simple model, and refuses what it refuses', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
      const model = new Model();
      const fetch = { hosts: ['free.example'] };
      const world = new ConfiguredWorld({ fetch });
      const { history } = world.store;
      for (const one of steps) {
        const isTaken = model.take(one);
        if (one.action === 'configure') {
          const series = one.series.map(([id, place]) => ({ id, pattern: patternOf(place), from: '2022-01' }));
          world.configure({ series, fetch });
        } else {
          const deps = { history, config: world.config, remedy: '', now: world.clock.now };
          const refused = await editPage(deps, one).then(
            () => null,
            (error: unknown) => error,
          );
          if (isTaken) expect(refused).toBeNull();
          else expect(refused).toBeInstanceOf(UsageError);
        }
        await world.plan();
        const tracked = (await history.checks()).filter((check) => !check.retired);
        const shown = tracked.map((check) => [check.page.series, check.page.url, check.paused === 'series']);
        const wanted = [...model.series].map(([id, { pattern, paused }]) => [
          id,
          pattern.replace('{yyyy}-{MM}', '2022-01'),
          paused,
        ]);
        expect(shown).toEqual(wanted.sort());
        // A tick without a difference writes nothing.
        const before = [await history.checks(), await history.series()];
        await world.plan();
        expect([await history.checks(), await history.series()]).toEqual(before);
      }
    }),
  );
});
