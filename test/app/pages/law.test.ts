import fc from 'fast-check';
import { expect, it } from 'vitest';
import { editPage } from '#app/pages/edit-pages.ts';
import { reconcile } from '#app/plan/reconcile.ts';
import { parseConfig } from '#core/config.ts';
import { UsageError } from '#core/errors.ts';
import type { PageEdit } from '#core/pages/edit.ts';
import { configuredPages } from '#core/schedule/series.ts';
import { createMemoryHistory } from '../../support/memory-history.ts';

const NOW = new Date('2022-01-12T08:00:00.000Z');
const urlOf = (place: string) => `https://free.example/${place}`;
const key = fc.constantFrom('a', 'b', 'c');
const name = fc.constantFrom('One', 'Two');

type Step =
  | Exclude<PageEdit, { action: 'add-series' }>
  | { readonly action: 'configure'; readonly pages: readonly { id: string; url: string }[] };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ action: fc.constant('add' as const), id: key, url: key.map(urlOf) }),
  fc.record({ action: fc.constantFrom('remove' as const, 'pause' as const, 'resume' as const), id: key }),
  fc.record({ action: fc.constant('rename' as const), id: key, name }),
  fc.record({
    action: fc.constant('configure' as const),
    pages: fc
      .tuple(fc.subarray(['a', 'b', 'c']), fc.shuffledSubarray(['a', 'b', 'c'], { minLength: 3 }))
      .map(([ids, places]) => ids.map((id, at) => ({ id, url: urlOf(places[at] ?? id) }))),
  }),
);

interface Page {
  readonly url: string;
  readonly name: string | null;
  readonly by: 'config' | 'added' | null;
  readonly paused: boolean;
}

/** What the list of pages should be, without a store: a page a line. */
class Model {
  readonly pages = new Map<string, Page>();
  config: readonly { id: string; url: string }[] = [];

  /** False where the step must be refused. */
  take(step: Step): boolean {
    if (step.action === 'configure') {
      this.config = step.pages;
      this.#follow();
      return true;
    }
    if (step.action === 'add') return this.#add(step.id ?? '', step.url);
    const page = this.pages.get(step.id);
    if (page === undefined) return false;
    if (step.action === 'remove') {
      if (page.by === 'added') this.#retire(step.id, page);
      return page.by !== 'config';
    }
    if (page.by === null || (step.action === 'rename' && page.by === 'config')) return false;
    this.pages.set(
      step.id,
      step.action === 'rename' ? { ...page, name: step.name } : { ...page, paused: step.action === 'pause' },
    );
    return true;
  }

  #add(id: string, url: string): boolean {
    const page = this.pages.get(id);
    const isTaken =
      this.config.some((one) => one.id === id || one.url === url) ||
      [...this.pages.values()].some((one) => one.by !== null && one.url === url);
    if (isTaken || (page !== undefined && (page.by !== null || page.url !== url))) return false;
    this.pages.set(id, { url, name: page?.name ?? null, by: 'added', paused: false });
    return true;
  }

  #follow(): void {
    for (const { id, url } of this.config) {
      this.pages.set(id, { url, name: null, by: 'config', paused: this.pages.get(id)?.paused ?? false });
    }
    for (const [id, page] of this.pages) {
      if (this.config.some((one) => one.id === id)) continue;
      if (page.by === 'config' || this.config.some((one) => one.url === page.url)) this.#retire(id, page);
    }
  }

  #retire(id: string, page: Page): void {
    this.pages.set(id, { ...page, by: null, paused: false });
  }
}

it('any order of edits and configurations ends in the state of a simple model, and refuses what it refuses', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const model = new Model();
      const history = createMemoryHistory();
      let config = parseConfig({ fetch: { hosts: ['free.example'] } });
      for (const one of steps) {
        const isTaken = model.take(one);
        if (one.action === 'configure') {
          config = parseConfig({ pages: one.pages, fetch: { hosts: ['free.example'] } });
          const to = { pages: configuredPages(config, NOW), series: [], now: NOW.toISOString() };
          await reconcile(history, await history.checks(), to);
          const before = await history.checks();
          await reconcile(history, await history.checks(), to);
          expect(await history.checks()).toEqual(before);
        } else {
          const refused = await editPage({ history, config, remedy: '', now: () => NOW }, one).then(
            () => null,
            (error: unknown) => error,
          );
          if (isTaken) expect(refused).toBeNull();
          else expect(refused).toBeInstanceOf(UsageError);
        }
        const stored = (await history.checks()).map((check): [string, Page] => [
          check.page.id,
          {
            url: check.page.url,
            name: check.page.name,
            by: check.retired ? null : check.added === undefined ? 'config' : 'added',
            paused: check.paused === true,
          },
        ]);
        expect(new Map(stored)).toEqual(model.pages);
        const due = (await history.due(NOW.toISOString(), 100)).map((check) => check.page.id);
        const watched = [...model.pages].filter(([, page]) => page.by !== null && !page.paused).map(([id]) => id);
        expect([...due].sort()).toEqual(watched.sort());
      }
    }),
  );
});
