import { beforeEach, describe, expect, it } from 'vitest';
import { ConflictError } from '#app/errors.ts';
import { editPage } from '#app/pages/edit-pages.ts';
import { plan } from '#app/plan/plan.ts';
import { parsePageEdit } from '#core/pages/edit.ts';
import { configuredPages } from '#core/schedule/series.ts';
import { chroniclePage, REPORTS } from '../../support/sample-pages.ts';
import { ConfiguredWorld } from '../configured-world.ts';

const CONFIG = {
  pages: [{ id: 'harbour', url: 'https://chronicle.example/harbour.htm', name: 'Harbour' }],
  series: [{ id: 'months', pattern: 'https://months.example/{yyyy}-{MM}.htm', from: '2022-01', until: '2030-12' }],
  fetch: { hosts: ['free.example'] },
};
const CONFIGURED = ['harbour', 'months-2022-01'];
const MILL = 'https://free.example/mill.htm';
let world: ConfiguredWorld;

beforeEach(async () => {
  world = new ConfiguredWorld(CONFIG);
  world.serves(CONFIG.pages[0]?.url ?? '', chroniclePage(REPORTS.slice(0, 4)));
  world.serves(MILL, chroniclePage(REPORTS.slice(0, 5)));
  await world.plan();
});

const edit = (input: unknown) =>
  editPage(
    { history: world.store.history, config: world.config, remedy: 'add it to "fetch.hosts"', now: world.clock.now },
    parsePageEdit(input),
  );
const add = (url: string, more: object = {}) => edit({ action: 'add', url, ...more });
const jobsOf = async (hours = 25) => {
  world.clock.advance({ hours });
  await world.plan();
  return world.fetchQueue.drain().map((job) => job.page.id);
};

describe('an added page', () => {
  it('is checked from the next tick on, under an id made of its address, and the configuration does not retire it', async () => {
    expect(await add(`${MILL}#top`)).toEqual({ id: 'mill', url: MILL, name: null, outcome: 'added' });
    const { results } = await world.turn();
    expect(results.find(({ pageId }) => pageId === 'mill')).toMatchObject({ outcome: 'first' });
    expect((await world.tomorrow()).planned).toMatchObject({ started: 0, retired: 0 });
    expect(await world.tracked()).toEqual([...CONFIGURED.slice(0, 1), 'mill', 'months-2022-01']);
  });

  it('has the id, name and kind that the command gives it', async () => {
    await add(MILL, { id: 'old-mill', name: 'The old mill', rolling: true });
    expect((await world.check('old-mill')).page).toEqual({
      id: 'old-mill',
      url: MILL,
      name: 'The old mill',
      rolling: true,
      series: null,
    });
  });

  it('gets another id than a page of the same file name', async () => {
    const { id } = await add('https://free.example/harbour.htm');
    expect(id).toMatch(/^harbour-[0-9a-f]{6}$/);
  });

  it('rests no longer than its own longest pause', async () => {
    await add(MILL, { every: 10 });
    await world.turn();
    expect(await world.pause('mill')).toBeLessThanOrEqual(10 / 60);
    expect(await world.pause('harbour')).toBeGreaterThan(10 / 60);
  });

  it('may rest longer than any configured page', async () => {
    world.configure({ ...CONFIG, schedule: { checkAtLeastEvery: 60, checkClosedAtLeastEvery: 60 } });
    await add(MILL, { every: 100_000 });
    const far = new Date(world.clock.now().getTime() + 90_000 * 60_000).toISOString();
    const check = await world.check('mill');
    await world.store.history.putCheck({ ...check, dueAt: far }, check);
    expect(await jobsOf(1)).not.toContain('mill');
  });

  it('keeps its name against the configuration, and can be renamed', async () => {
    await add(MILL, { name: 'Mill' });
    await edit({ action: 'rename', id: 'mill', name: 'The mill' });
    await world.plan();
    expect((await world.check('mill')).page.name).toBe('The mill');
    expect(await edit({ action: 'rename', id: 'mill', name: 'The mill' })).toMatchObject({ outcome: 'unchanged' });
  });

  it('that was removed keeps its history, and continues it when it is added again', async () => {
    await add(MILL, { name: 'Mill', every: 60 });
    await world.turn();
    expect(await edit({ action: 'remove', id: 'mill' })).toMatchObject({ outcome: 'removed' });
    expect(await world.check('mill')).toMatchObject({ retired: true, leasedUntil: null });
    expect(await edit({ action: 'remove', id: 'mill' })).toMatchObject({ outcome: 'unchanged' });
    expect(await jobsOf()).not.toContain('mill');
    expect(await add('http://www.free.example/mill.htm')).toMatchObject({
      id: 'mill',
      name: 'Mill',
      outcome: 'continued',
    });
    expect(await world.check('mill')).toMatchObject({ added: { every: null }, knownSha256: null, retired: false });
    expect((await world.store.history.head('mill'))?.revision).toBe(1);
    expect(await jobsOf()).toContain('mill');
  });

  it('belongs to the configuration as soon as that names its id, and the log names both', async () => {
    await add(MILL, { name: 'Mill' });
    world.configure({ ...CONFIG, pages: [...CONFIG.pages, { id: 'mill', url: MILL }] });
    await world.plan();
    const check = await world.check('mill');
    expect([check.added, check.page.name, check.retired]).toEqual([undefined, null, false]);
    expect(world.log.lines.map((line) => JSON.stringify(line)).join()).toContain(
      `added page mill at ${MILL} is now page mill at ${MILL}`,
    );
  });

  it.each([
    ['a page', { pages: [...CONFIG.pages, { id: 'wheel', url: MILL }] }, 'page wheel'],
    [
      'a series',
      { series: [{ id: 's', pattern: 'https://free.example/{yyyy}/{MM}.htm', from: '2022-01' }] },
      'series s',
    ],
  ])('is retired when %s of the configuration has its address, and the log names both', async (_, more, named) => {
    const url = named === 'series s' ? 'https://free.example/2035/07.htm' : MILL;
    await add(url, { id: 'mine' });
    world.configure({ ...CONFIG, ...more });
    expect(await world.plan()).toMatchObject({ retired: named === 'series s' ? 2 : 1 });
    expect(await world.check('mine')).toMatchObject({ retired: true });
    expect(JSON.stringify(world.log.lines)).toContain(`added page mine at ${url} is now ${named}`);
  });
});

describe('a paused page', () => {
  it.each(['mill', 'harbour'])('is not asked for until it is resumed: %s', async (id) => {
    await add(MILL);
    await world.turn();
    expect(await edit({ action: 'pause', id })).toMatchObject({ outcome: 'paused' });
    expect(await edit({ action: 'pause', id })).toMatchObject({ outcome: 'unchanged' });
    expect(await jobsOf()).not.toContain(id);
    expect(await world.check(id)).toMatchObject({ retired: false, paused: true });
    expect(await edit({ action: 'resume', id })).toMatchObject({ outcome: 'resumed' });
    expect(await edit({ action: 'resume', id })).toMatchObject({ outcome: 'unchanged' });
    expect(await jobsOf(0)).toContain(id);
  });

  it('stays paused when a check ends that was under way', async () => {
    await add(MILL);
    await world.plan();
    await edit({ action: 'pause', id: 'mill' });
    await world.turn();
    expect(await world.check('mill')).toMatchObject({ paused: true });
    expect((await world.store.history.head('mill'))?.revision).toBe(1);
    expect(await jobsOf()).not.toContain('mill');
  });
});

describe('a wrong edit is refused, and changes nothing', () => {
  it.each<[string, unknown, string, RegExp]>([
    ['no address', { action: 'add', url: 'mill' }, 'bad-url', /url: give an absolute http.*\(given: "mill"\)/],
    ['a bad id', { action: 'add', url: MILL, id: 'My mill' }, 'bad-id', /id: use 1-80 .*\(given: "My mill"\)/],
    ['an address too long', { action: 'add', url: `${MILL}?${'x'.repeat(2_100)}` }, 'bad-url', /longer than the 2048/],
    ['a pause too short', { action: 'add', url: MILL, every: 1 }, 'usage', /every: .*\(given: 1\)/],
    ['an empty name', { action: 'rename', id: 'harbour', name: '' }, 'usage', /name: /],
    [
      'a host that is not allowed',
      { action: 'add', url: 'https://other.example/' },
      'host-not-allowed',
      /"other\.example" is not allowed \(allowed: .*free\.example.*\): add it to "fetch\.hosts"/,
    ],
    [
      'a port',
      { action: 'add', url: 'https://free.example:8443/' },
      'port-not-allowed',
      /port 8443 is not allowed; allowed: 80, 443: add it to "fetch\.ports"/,
    ],
    [
      'an address of the configuration',
      { action: 'add', url: 'http://chronicle.example/harbour.htm', id: 'mine' },
      'duplicate-page',
      /is page "harbour" of the configuration/,
    ],
    [
      'a later member of a series',
      { action: 'add', url: 'https://months.example/2029-05.htm' },
      'duplicate-page',
      /a member of series "months"/,
    ],
    [
      'an address that was added',
      { action: 'add', url: 'https://free.example/taken.htm', id: 'mine' },
      'duplicate-page',
      /added page "taken"/,
    ],
    [
      'an id of the configuration',
      { action: 'add', url: MILL, id: 'harbour' },
      'duplicate-page',
      /"harbour" is the one of the page at https:\/\/chronicle\.example\/harbour\.htm in the configuration/,
    ],
    ['an id of a series', { action: 'add', url: MILL, id: 'months' }, 'duplicate-page', /the series of https/],
    ['an id that was added', { action: 'add', url: MILL, id: 'taken' }, 'duplicate-page', /added page "taken" at/],
    ['the id of a retired page', { action: 'add', url: MILL, id: 'retired' }, 'duplicate-page', /a retired page at/],
    ['an unknown id', { action: 'pause', id: 'nobody' }, 'not-found', /"nobody".*daybook pages/],
    ['removing a configured page', { action: 'remove', id: 'harbour' }, 'configured', /"harbour" \(https.*taken out/],
    ['renaming one', { action: 'rename', id: 'harbour', name: 'x' }, 'configured', /renamed there/],
    [
      'pausing a retired page',
      { action: 'pause', id: 'retired' },
      'retired',
      /pages add https.*retired\.htm --id retired/,
    ],
  ])('%s', async (_, input, code, message) => {
    await add('https://free.example/taken.htm');
    await add('https://free.example/retired.htm');
    await edit({ action: 'remove', id: 'retired' });
    const before = await world.store.history.checks();
    const refused = await Promise.resolve()
      .then(() => edit(input))
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(await world.store.history.checks()).toEqual(before);
  });
});

describe('two writers', () => {
  it('an edit that loses against a check is made on the new state', async () => {
    await add(MILL);
    const { history } = world.store;
    let lost = false;
    const racing = {
      ...history,
      async putCheck(...args: Parameters<typeof history.putCheck>) {
        if (!lost) {
          lost = true;
          const check = await world.check('mill');
          await history.putCheck({ ...check, failures: 3 }, check);
        }
        return history.putCheck(...args);
      },
    };
    const deps = { history: racing, config: world.config, remedy: '', now: world.clock.now };
    await editPage(deps, { action: 'pause', id: 'mill' });
    expect(await world.check('mill')).toMatchObject({ paused: true, failures: 3 });
  });

  it('an edit that always loses ends with an error that may be tried again', async () => {
    await add(MILL);
    const putCheck = async () => Promise.reject(new ConflictError('changed first'));
    const deps = {
      history: { ...world.store.history, putCheck },
      config: world.config,
      remedy: '',
      now: world.clock.now,
    };
    await expect(editPage(deps, { action: 'pause', id: 'mill' })).rejects.toMatchObject({ retryable: true });
  });

  it('two ids that were added for one address at the same time become one', async () => {
    const { history } = world.store;
    const blind = { ...history, checks: async () => [] };
    const deps = { history: blind, config: world.config, remedy: '', now: world.clock.now };
    await editPage(deps, { action: 'add', url: MILL, id: 'b' });
    await editPage(deps, { action: 'add', url: MILL, id: 'a' });
    await world.plan();
    expect((await world.tracked()).filter((id) => id.length === 1)).toEqual(['a']);
  });
});

it('a tick is as large as the pages that are checked need: added ones count, paused and retired ones do not', async () => {
  await add(MILL);
  await add('https://free.example/a.htm');
  await add('https://free.example/b.htm');
  await edit({ action: 'pause', id: 'a' });
  await edit({ action: 'remove', id: 'b' });
  const { config, clock, store, fetchQueue, log } = world;
  const counted: number[] = [];
  await plan(
    { history: store.history, fetchQueue, log },
    {
      pages: configuredPages(config, clock.now()),
      series: config.series,
      now: clock.iso(),
      limit: (watched) => counted.push(watched),
      leaseMinutes: 30,
      bounds: config.schedule,
    },
  );
  expect(counted).toEqual([3]);
});

it('a tick starts a bounded number of pages, and the next tick continues', async () => {
  const pages = Array.from({ length: 4_500 }, (_, at) => ({ id: `p${at}`, url: `https://free.example/${at}` }));
  world.configure({ pages, fetch: { hosts: ['free.example'] } });
  const started: number[] = [];
  for (let tick = 0; tick < 4; tick += 1) started.push((await world.plan()).started);
  expect(started).toEqual([2_000, 2_000, 500, 0]);
  expect((await world.tracked()).length).toBe(4_500);
});
