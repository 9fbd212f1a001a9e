import { beforeEach, describe, expect, it } from 'vitest';
import { rebuild } from '#app/history/rebuild.ts';
import { ingest } from '#app/ingest/ingest.ts';
import { verify } from '#app/verify/verify.ts';
import { type Look, looksOf } from '#core/schedule/looks.ts';
import { watched } from '../../e2e/crash/world/faults.ts';
import { blockPage, chroniclePage, REPORTS } from '../../support/sample-pages.ts';
import { eventfulCaptures, PAGE as WATCHED, Watched } from '../../support/watched.ts';
import { openWorld, PAGE, type Store, type World } from '../world.ts';

let store: Store;
let world: World;
const four = chroniclePage(REPORTS.slice(0, 4));

beforeEach(async () => {
  ({ store, world } = await openWorld(four));
  return () => store.close();
});

const daysOf = ({ history }: Pick<Store, 'history'>, pageId: string) =>
  history.looks(pageId, '0000-01-01', '9999-12-31');
const looked = async () =>
  (await daysOf(store, PAGE.id)).flatMap((day) =>
    looksOf(day).map((look) => `${day.day} ${look.time} ${look.outcome}`),
  );

describe('every check leaves a look', () => {
  it('with its outcome: changed, unchanged, refused, failed', async () => {
    const at: string[] = [];
    const turn = async () => {
      const { observations } = await world.tomorrow();
      at.push(...observations.map(({ observedAt }) => observedAt.slice(0, 16).replace('T', ' ')));
    };
    await turn();
    await turn();
    world.shows(chroniclePage(REPORTS.slice(0, 5)));
    await turn();
    world.shows(blockPage(), 403);
    await turn();
    world.site.say(PAGE.url, { failure: 'timeout' });
    await turn();
    const outcomes = ['changed', 'unchanged', 'changed', 'refused', 'failed'];
    expect(await looked()).toEqual(at.map((minute, index) => `${minute} ${outcomes[index]}`));
  });

  it('once, however often its observation is delivered', async () => {
    const { observations } = await world.turn();
    const before = await daysOf(store, PAGE.id);
    for (const observation of [...observations, ...observations]) await ingest(world.ingestDeps, observation);
    expect(await daysOf(store, PAGE.id)).toEqual(before);
  });

  it('and none where the site was not asked', async () => {
    await world.turn();
    const before = await daysOf(store, PAGE.id);
    world.site.say(PAGE.url, { failure: 'postponed', retryAfterSeconds: 60 });
    await world.tomorrow();
    expect(await daysOf(store, PAGE.id)).toEqual(before);
  });

  it('which its check names, and the next day names it', async () => {
    for (let day = 0; day < 3; day += 1) await world.tomorrow();
    const days = await daysOf(store, PAGE.id);
    expect(days.map(({ previous }) => previous?.day ?? null)).toEqual([null, days[0]?.day, days[1]?.day]);
    expect((await store.history.check(PAGE.id))?.lastLook).toMatchObject({ day: days[2]?.day, count: 1 });
  });

  it('with one write more where nothing changed: the look, then the check', async () => {
    await world.turn();
    const writes: string[] = [];
    const history = watched(store.history, (name, call) => {
      if (/^(put|flip|append|record|advance|quarantine)/.test(name)) writes.push(name);
      return call();
    });
    const { observations } = await world.tomorrow();
    for (const observation of observations) expect(observation.kind).toBe('unchanged');
    world.clock.advance({ hours: 25 });
    const [last] = observations;
    const observedAt = world.clock.iso();
    if (last === undefined) throw new Error('nothing was observed');
    await ingest({ ...world.ingestDeps, history }, { ...last, dueAt: observedAt, observedAt });
    expect(writes).toEqual(['putLooks', 'putCheck']);
  });
});

async function rebuilt(original: Watched): Promise<Watched> {
  const into = new Watched();
  const deps = {
    source: original.objects,
    history: into.history,
    objects: into.objects,
    parser: '1',
    inUse: false,
    now: () => new Date(0),
  };
  for await (const _ of rebuild(deps, new Map([[WATCHED.id, WATCHED]]))) void _;
  return into;
}

async function faults({ history, objects, parser }: Watched): Promise<string[]> {
  const found: string[] = [];
  for await (const event of verify({ history, objects, parser, expires: false })) {
    if (event.type === 'finding') found.push(`${event.finding.where}: ${event.finding.problem}`);
  }
  return found;
}

describe('a rebuild', () => {
  it('makes the looks of all captures again, with the same names', async () => {
    const original = await new Watched().seeAll(eventfulCaptures());
    const into = await rebuilt(original);
    const plain = async (of: Watched) => (await daysOf(of, WATCHED.id)).map(({ version: _, ...day }) => day);
    expect(await plain(into)).toEqual(await plain(original));
    expect((await into.history.check(WATCHED.id))?.lastLook).toEqual(
      (await original.history.check(WATCHED.id))?.lastLook,
    );
    expect(await faults(into)).toEqual([]);
  });
});

describe('verify', () => {
  const altered = async (change: (days: readonly string[]) => string, looks: (old: string) => string) => {
    const original = await new Watched().seeAll(eventfulCaptures(3));
    expect(await faults(original)).toEqual([]);
    const days = await daysOf(original, WATCHED.id);
    const chosen = days.find(({ day }) => day === change(days.map((one) => one.day)));
    if (chosen === undefined) throw new Error('there is no such day');
    // A forger writes a sound item: its sum shows nothing.
    await original.history.putLooks({ ...chosen, looks: looks(chosen.looks), version: chosen.version + 1 }, chosen);
    return { found: await faults(original), day: chosen.day };
  };
  const earlier: Look['outcome'] = 'refused';

  it.each([
    ['the first day', (days: readonly string[]) => days[0] ?? ''],
    ['the last day', (days: readonly string[]) => days.at(-1) ?? ''],
  ])('finds an outcome that was altered with a new sum, on %s', async (_, which) => {
    const { found, day } = await altered(which, (old) => old.replace(/[uc]/, earlier.slice(0, 1)));
    expect(found.some((line) => line.startsWith(`looks of ${day}: they differ`))).toBe(true);
  });

  it('finds a look that was moved in time, by the chain and by its capture', async () => {
    const { found, day } = await altered(
      (days) => days[2] ?? '',
      (old) => `9${old.slice(1)}`,
    );
    expect(found.filter((line) => line.startsWith(`looks of ${day}:`))).toHaveLength(2);
  });
});
