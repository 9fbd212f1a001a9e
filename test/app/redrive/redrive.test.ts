import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { notifyPage } from '#app/notify/notify.ts';
import type { DeadLetter } from '#app/redrive/letter.ts';
import { type RedriveDeps, type RedriveStep, redrive } from '#app/redrive/redrive.ts';
import { createMemoryHistory } from '../../support/memory-history.ts';
import { chroniclePage, REPORTS } from '../../support/sample-pages.ts';
import { openWorld, PAGE } from '../world.ts';
import { callOf, FUNCTIONS, ingestOf, Letters, letter } from './letters.ts';

/** What was handed over, next to the queue. */
interface Run {
  readonly letters: Letters;
  readonly sent: unknown[];
  readonly deps: RedriveDeps;
}

function runOf(held: readonly DeadLetter[], over: Partial<RedriveDeps> = {}): Run {
  const letters = new Letters(held);
  const sent: unknown[] = [];
  const deps: RedriveDeps = {
    letters,
    functions: FUNCTIONS,
    ingest: { send: async (payload) => void sent.push(payload) },
    notify: async () => {
      throw new Error('nobody is late');
    },
    history: createMemoryHistory(),
    channels: ['mail'],
    ...over,
  };
  return { letters, sent, deps };
}

async function stepsOf(deps: RedriveDeps, options = {}): Promise<RedriveStep[]> {
  const steps: RedriveStep[] = [];
  for await (const step of redrive(deps, options)) steps.push(step);
  return steps;
}

const outcomes = (steps: readonly RedriveStep[]) =>
  steps.flatMap((step) => (step.type === 'letter' ? [[step.id, step.from, step.outcome]] : []));

const MIXED = [
  letter('i', ingestOf('a', 'b')),
  letter('p', callOf('plan')),
  letter('f', callOf('fetch')),
  letter('s', { source: 'schedule' }, { fromSchedule: true }),
  letter('n', callOf('notify')),
  letter('x', 'what is this?'),
];

describe('redriving', () => {
  it('calls ingest again, settles what is planned again by itself, and keeps what it does not understand', async () => {
    const { deps, letters, sent } = runOf(MIXED);
    const steps = await stepsOf(deps);
    expect(outcomes(steps)).toEqual([
      ['i', 'ingest', 'redriven'],
      ['p', 'plan', 'settled'],
      ['f', 'fetch', 'settled'],
      ['s', 'schedule', 'settled'],
      ['x', null, 'kept'],
      ['n', 'notify', 'redriven'],
    ]);
    expect(sent).toEqual([ingestOf('a', 'b').requestPayload]);
    expect(letters.removed).toEqual(['i', 'p', 'f', 's', 'n']);
    expect(letters.visible()).toEqual(['x']);
    expect(steps[0]).toMatchObject({ pages: ['a', 'b'], why: 'it broke' });
  });

  it('says what it would do in a dry run, and leaves everything as it was', async () => {
    const { deps, letters, sent } = runOf(MIXED);
    const dry = outcomes(await stepsOf(deps, { dryRun: true }));
    expect([letters.removed, letters.visible().length, sent]).toEqual([[], MIXED.length, []]);
    expect(dry).toEqual(outcomes(await stepsOf(deps)));
  });

  it('keeps a letter whose call was not accepted, says why, and goes on', async () => {
    const send = async (payload: unknown) => {
      if (JSON.stringify(payload).includes('"bad"')) throw new Error('Lambda did not answer');
    };
    const held = [letter('1', ingestOf('bad')), letter('2', ingestOf('good'))];
    const { deps, letters } = runOf(held, { ingest: { send } });
    const steps = await stepsOf(deps);
    expect(steps[0]).toMatchObject({ id: '1', outcome: 'kept', why: 'Lambda did not answer', pages: ['bad'] });
    expect([letters.removed, letters.visible()]).toEqual([['2'], ['1']]);
  });

  it('keeps a letter that cannot be deleted: its work is done twice rather than never', async () => {
    const { deps, letters, sent } = runOf([letter('1', ingestOf('a'))]);
    letters.stuck = '1';
    expect(await stepsOf(deps)).toMatchObject([{ outcome: 'kept', why: 'not deleted' }]);
    expect([sent.length, letters.visible()]).toEqual([1, ['1']]);
  });

  it('gives back what it took when reading the queue fails', async () => {
    const { deps, letters } = runOf([letter('n', callOf('notify'))]);
    const take = async function* () {
      yield* letters.take();
      throw new Error('the queue is gone');
    };
    const failing = { take, remove: letters.remove.bind(letters), release: letters.release.bind(letters) };
    await expect(stepsOf({ ...deps, letters: failing })).rejects.toThrow('the queue is gone');
    expect(letters.visible()).toEqual(['n']);
  });

  it('gives back all others where one cannot be given back', async () => {
    const { deps, letters } = runOf(['1', '2', '3'].map((id) => letter(id, 'junk')));
    const release = async (one: DeadLetter) => {
      if (one.id === '1') throw new Error('its receipt is too old');
      await letters.release(one);
    };
    const failing = { take: letters.take.bind(letters), remove: letters.remove.bind(letters), release };
    await expect(stepsOf({ ...deps, letters: failing })).rejects.toThrow('its receipt is too old');
    expect(letters.visible()).toEqual(['2', '3']);
  });

  it('never deletes a letter before its work was accepted, and hides none, whatever fails', async () => {
    const kinds = [ingestOf('a'), callOf('plan'), callOf('fetch'), callOf('notify'), 'junk'];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ kind: fc.nat(kinds.length - 1), fails: fc.boolean(), sticks: fc.boolean() }), {
          maxLength: 12,
        }),
        fc.boolean(),
        async (cases, dryRun) => {
          const held = cases.map(({ kind }, index) => letter(String(index), kinds[kind]));
          const fails = cases.map(({ fails: one }) => one);
          const accepted = new Set<string>();
          const { deps, letters } = runOf(held);
          let current = '';
          const watched = {
            async *take() {
              for await (const one of letters.take()) {
                current = one.id;
                yield one;
              }
            },
            async remove(one: DeadLetter) {
              if (cases[Number(one.id)]?.kind === 0) expect([...accepted]).toContain(one.id);
              if (cases[Number(one.id)]?.sticks === true) throw new Error('stuck');
              await letters.remove(one);
            },
            release: letters.release.bind(letters),
          };
          const ingest = {
            send: async () => {
              if (fails[Number(current)] === true) throw new Error('refused');
              accepted.add(current);
            },
          };
          const steps = outcomes(await stepsOf({ ...deps, letters: watched, ingest }, { dryRun }));
          expect(steps).toHaveLength(held.length);
          expect(letters.hidden.size).toBe(0);
          const gone = dryRun ? [] : steps.flatMap(([id, , outcome]) => (outcome === 'kept' ? [] : [id]));
          expect([...letters.removed].sort()).toEqual(gone.sort());
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('dead letters of notify', () => {
  async function lateWorld() {
    const { store, world } = await openWorld(chroniclePage(REPORTS.slice(0, 4)));
    onTestFinished(() => store.close());
    await world.turn();
    world.mailbox.failure = new Error('the topic is gone');
    world.shows(chroniclePage(REPORTS.slice(0, 5)));
    await expect(world.tomorrow()).rejects.toThrow('the topic is gone');
    world.mailbox.failure = null;
    const called: string[][] = [];
    const notify = async (pageIds: readonly string[]) => {
      called.push([...pageIds]);
      for (const id of pageIds) await notifyPage(world.notifyDeps, id);
    };
    const held = [letter('n1', callOf('notify')), letter('n2', callOf('notify'))];
    const run = runOf(held, { history: store.history, notify });
    return { world, called, ...run };
  }

  it('lead to the pages with unsent alerts, which are sent once', async () => {
    const { world, called, deps, letters } = await lateWorld();
    const steps = await stepsOf(deps);
    expect(called).toEqual([[PAGE.id]]);
    expect(world.mailbox.sent.map(({ pageId, topic }) => [pageId, topic])).toEqual([[PAGE.id, 'news']]);
    expect(steps).toContainEqual({ type: 'alerts', pages: [PAGE.id] });
    expect(letters.removed).toEqual(['n1', 'n2']);
    expect((await stepsOf(deps)).find(({ type }) => type === 'alerts')).toEqual({ type: 'alerts', pages: [] });
    expect(called).toHaveLength(1);
  });

  it('are all kept where notify fails again', async () => {
    const { deps, letters } = await lateWorld();
    const notify = async () => {
      throw new Error('it fails still');
    };
    const steps = await stepsOf({ ...deps, notify });
    expect(outcomes(steps)).toEqual([
      ['n1', 'notify', 'kept'],
      ['n2', 'notify', 'kept'],
    ]);
    expect(steps.at(-1)).toMatchObject({ why: 'it fails still' });
    expect(letters.visible()).toEqual(['n1', 'n2']);
  });

  it('call nobody in a dry run, which names the pages', async () => {
    const { called, deps, letters } = await lateWorld();
    expect(await stepsOf(deps, { dryRun: true })).toContainEqual({ type: 'alerts', pages: [PAGE.id] });
    expect([called, letters.visible()]).toEqual([[], ['n1', 'n2']]);
  });
});
