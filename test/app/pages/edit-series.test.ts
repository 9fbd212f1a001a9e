import { beforeEach, describe, expect, it } from 'vitest';
import { ConflictError } from '#app/errors.ts';
import { editPage } from '#app/pages/edit-pages.ts';
import type { HistoryStore } from '#app/ports.ts';
import { type AddedSeries, newRecord } from '#app/series/record.ts';
import { parsePageEdit } from '#core/pages/edit.ts';
import { ConfiguredWorld } from '../configured-world.ts';

const CONFIG = {
  pages: [{ id: 'harbour', url: 'https://chronicle.example/harbour.htm' }],
  series: [{ id: 'months', pattern: 'https://months.example/{yyyy}-{MM}.htm', from: '2022-01', until: '2030-12' }],
  fetch: { hosts: ['free.example'] },
};
const MILL = 'https://free.example/mill-{yyyy}-{MM}.htm';
const ADD = { action: 'add-series', pattern: MILL, from: '2021-12' };
let world: ConfiguredWorld;

beforeEach(async () => {
  world = new ConfiguredWorld(CONFIG);
  await world.plan();
});

const depsOver = (history: HistoryStore) => ({
  history,
  config: world.config,
  remedy: 'add it to "fetch.hosts"',
  now: world.clock.now,
});
const edit = (input: unknown) => editPage(depsOver(world.store.history), parsePageEdit(input));
const stored = async (id: string) => (await world.store.history.series()).find((one) => one.id === id);
const everything = async () => [await world.store.history.series(), await world.store.history.checks()];

describe('a series that is added', () => {
  it('has one record, and its months with the next tick', async () => {
    expect(await edit({ ...ADD, until: '2023-01', hub: 'harbour', name: 'The mill' })).toEqual({
      id: 'mill',
      pattern: MILL,
      name: 'The mill',
      outcome: 'added',
    });
    expect(await stored('mill')).toMatchObject({
      record: {
        series: { id: 'mill', pattern: MILL, from: '2021-12', until: '2023-01', hub: 'harbour' },
        name: 'The mill',
        removed: false,
        paused: false,
        version: 1,
      },
    });
    await world.plan();
    expect(await world.tracked()).toEqual(['harbour', 'mill-2021-12', 'mill-2022-01', 'months-2022-01']);
  });

  it.each([
    ['https://free.example/mill-{yyyy}-{MM}.htm', 'mill'],
    ['https://free.example/news/{yyyy}/{MM}.htm', 'news'],
    ['https://free.example/The_War.{yyyy}{MM}.html', 'the_war'],
    ['https://free.example/page.php?y={yyyy}&m={MM}', 'page'],
    ['https://free.example/{yyyy}-{MM}.htm', 'free.example'],
    ['https://free.example/harbour-{yyyy}-{M}/', /^harbour-[0-9a-f]{6}$/],
    ['https://free.example/months-{yy}-{MM}.htm', /^months-[0-9a-f]{6}$/],
  ])('%s has an id that is made of its address', async (pattern, id) => {
    expect((await edit({ ...ADD, pattern })).id).toMatch(id);
  });

  it('is continued when it is added again after a removal, under its id and name', async () => {
    await edit({ ...ADD, id: 'old', name: 'The mill' });
    await world.plan();
    expect(await edit({ action: 'remove', id: 'old' })).toMatchObject({ outcome: 'removed' });
    expect(await edit({ action: 'remove', id: 'old' })).toMatchObject({ outcome: 'unchanged' });
    // Also before a tick has retired the members.
    const again = { id: 'old', name: 'The mill', outcome: 'continued' };
    expect(await edit({ ...ADD, pattern: 'http://www.free.example/mill-{yyyy}-{MM}.htm' })).toMatchObject(again);
    await edit({ action: 'remove', id: 'old' });
    await world.plan();
    expect(await world.tracked()).toEqual(['harbour', 'months-2022-01']);
    expect(await edit({ ...ADD, from: '2022-01' })).toMatchObject(again);
    await world.plan();
    expect(await world.tracked()).toEqual(['harbour', 'months-2022-01', 'old-2022-01']);
  });

  it('is paused, resumed and renamed by one write each, and the same edit again writes nothing', async () => {
    await edit(ADD);
    for (const [input, outcome, version] of [
      [{ action: 'pause' }, 'paused', 2],
      [{ action: 'resume' }, 'resumed', 3],
      [{ action: 'rename', name: 'Mill' }, 'renamed', 4],
      [{ action: 'remove' }, 'removed', 5],
    ] as const) {
      expect(await edit({ ...input, id: 'mill' })).toMatchObject({ outcome });
      expect(await edit({ ...input, id: 'mill' })).toMatchObject({ outcome: 'unchanged' });
      expect(await stored('mill')).toMatchObject({ record: { version } });
    }
  });

  it('takes a retired page of the same id and address on as a member', async () => {
    await edit({ action: 'add', url: 'https://free.example/mill-2021-12.htm' });
    await edit({ action: 'remove', id: 'mill-2021-12' });
    await edit(ADD);
    await world.plan();
    expect(await world.check('mill-2021-12')).toMatchObject({ retired: false, page: { series: 'mill' } });
  });

  it('gives a member that was removed with it to a page that is added by itself', async () => {
    await edit(ADD);
    await world.plan();
    await edit({ action: 'remove', id: 'mill' });
    expect(await edit({ action: 'add', url: 'https://free.example/mill-2022-01.htm' })).toMatchObject({
      id: 'mill-2022-01',
      outcome: 'continued',
    });
    await world.plan();
    expect(await world.tracked()).toEqual(['harbour', 'mill-2022-01', 'months-2022-01']);
    await expect(edit(ADD)).rejects.toMatchObject({ message: expect.stringContaining('added page "mill-2022-01"') });
  });
});

describe('a wrong edit of a series is refused, and changes nothing', () => {
  const add = (more: object) => ({ ...ADD, pattern: 'https://free.example/new-{yyyy}-{MM}.htm', ...more });
  it.each<[string, unknown, string, RegExp]>([
    ['no month', add({ pattern: 'https://free.example/{yyyy}.htm' }), 'bad-pattern', /pattern: must hold \{yyyy\}/],
    ['letters that mean nothing', add({ pattern: 'https://free.example/{yyyy}-{mm}' }), 'bad-pattern', /may hold/],
    ['a host that varies', add({ pattern: 'https://{yyyy}.example/{MM}' }), 'bad-pattern', /must not vary in its host/],
    ['no first month', add({ from: undefined }), 'usage', /from: give a month as YYYY-MM.*\(given: nothing\)/],
    ['months in the wrong order', add({ until: '2021-11' }), 'usage', /until: must not be before "from"/],
    ['days without a hub', add({ pattern: 'https://free.example/{yyyy}{MM}{dd}' }), 'usage', /hub: names the page/],
    ['an id too long', add({ id: 'x'.repeat(70) }), 'bad-id', /id: use at most 69 characters/],
    [
      'a host that is not allowed',
      add({ pattern: 'https://other.example/{yyyy}-{MM}.htm' }),
      'host-not-allowed',
      /"other\.example" is not allowed \(allowed: .*free\.example.*\): add it to "fetch\.hosts"/,
    ],
    ['a port', add({ pattern: 'https://free.example:8443/{yyyy}{MM}' }), 'port-not-allowed', /port 8443/],
    ['a hub that is no page', add({ hub: 'nobody' }), 'bad-hub', /no tracked page.*"nobody"/],
    ['a hub that is a member', add({ hub: 'mill-2022-01' }), 'bad-hub', /member of series "mill"/],
    [
      'a pattern of the configuration',
      add({ pattern: 'http://www.months.example/{yyyy}-{MM}.htm' }),
      'duplicate-page',
      /tracked already: it is series "months" of the configuration/,
    ],
    ['a pattern that was added', add({ pattern: MILL }), 'duplicate-page', /it is added series "mill"/],
    ['an id of the configuration', add({ id: 'months' }), 'duplicate-page', /series "months" of the configuration/],
    ['an id of a page', add({ id: 'single' }), 'duplicate-page', /added page "single" at https/],
    ['an id that was added', add({ id: 'mill' }), 'duplicate-page', /is the one of added series "mill"/],
    ['the id of a removed series', add({ id: 'gone' }), 'duplicate-page', /give another with --id/],
    [
      'a pattern with a page of the configuration',
      add({ pattern: 'https://months.example/{yyyy}-{M}.htm', from: '2022-01' }),
      'duplicate-page',
      /would have https:\/\/months\.example\/2022-01\.htm, which is page "months-2022-01" of the configuration/,
    ],
    [
      'a pattern with an added page',
      add({ pattern: 'https://free.example/single-{yyyy}-{MM}.htm', from: '2020-01' }),
      'duplicate-page',
      /would have .*single-2020-05\.htm, which is added page "single"/,
    ],
    [
      'members with the id of another page',
      add({ id: 'other', pattern: 'https://free.example/x-{yyyy}-{MM}.htm' }),
      'duplicate-page',
      /"other-2022-01" of a member is the one of the page at .*elsewhere\.htm/,
    ],
    [
      'a page of an added series',
      { action: 'add', url: 'https://free.example/mill-2029-01.htm' },
      'duplicate-page',
      /a member of added series "mill"/,
    ],
    [
      'a page with the id of a series',
      { action: 'add', url: 'https://free.example/a', id: 'mill' },
      'duplicate-page',
      /the one of an added series/,
    ],
    ['an unknown id', { action: 'pause', id: 'nobody' }, 'not-found', /No page or series has the id "nobody"/],
    [
      'a configured series',
      { action: 'pause', id: 'months' },
      'configured',
      /"months".*in the configuration.*one by one/,
    ],
    ['a removed series', { action: 'pause', id: 'gone' }, 'retired', /pages add https:.*--from 2022-01 --id gone"/],
    ['removing a member', { action: 'remove', id: 'mill-2022-01' }, 'configured', /a member of added series "mill"/],
    ['renaming a member', { action: 'rename', id: 'mill-2022-01', name: 'x' }, 'configured', /a member of added/],
    ['resuming a member of a paused series', { action: 'resume', id: 'rest-2022-01' }, 'paused', /pages resume rest"/],
    ['removing a hub', { action: 'remove', id: 'single' }, 'in-use', /the hub of added series "rest"/],
  ])('%s', async (_, input, code, message) => {
    await edit({ action: 'add', url: 'https://free.example/single-2020-05.htm', id: 'single' });
    await edit({ action: 'add', url: 'https://free.example/elsewhere.htm', id: 'other-2022-01' });
    await edit(ADD);
    await edit({ ...ADD, pattern: 'https://free.example/gone-{yyyy}-{MM}.htm', from: '2022-01' });
    await edit({ action: 'remove', id: 'gone' });
    await edit({ ...ADD, pattern: 'https://free.example/rest-{yyyy}-{MM}.htm', hub: 'single' });
    await edit({ action: 'pause', id: 'rest' });
    await world.plan();
    const before = await everything();
    const refused = await Promise.resolve()
      .then(() => edit(input))
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(await everything()).toEqual(before);
  });
});

describe('a record that cannot be read', () => {
  const damaged = { ...newRecord({ id: 'mill', pattern: MILL, from: '2021-12' }, null), removed: 'no' };

  it('is not changed, and is written again by adding the series under its id', async () => {
    await world.store.history.putSeries(damaged as unknown as AddedSeries, null);
    await expect(edit({ action: 'pause', id: 'mill' })).rejects.toMatchObject({ code: 'stored-data' });
    expect((await edit(ADD)).id).toMatch(/^mill-/);
    await edit({ action: 'remove', id: (await world.store.history.series())[1]?.id });
    expect(await edit({ ...ADD, id: 'mill' })).toMatchObject({ id: 'mill', outcome: 'continued' });
    expect(await stored('mill')).toMatchObject({ fault: null, version: 2 });
  });

  it('of a newer version is left to that version', async () => {
    await world.store.history.putSeries(
      { ...newRecord({ id: 'mill', pattern: MILL, from: '2021-12' }, null), form: 2 },
      null,
    );
    const before = await everything();
    for (const input of [
      { ...ADD, id: 'mill' },
      { action: 'remove', id: 'mill' },
    ]) {
      await expect(edit(input)).rejects.toMatchObject({
        code: 'stored-data',
        message: expect.stringContaining('install'),
      });
    }
    expect(await everything()).toEqual(before);
  });
});

describe('two writers of a series', () => {
  it('an edit that loses is made on the new state', async () => {
    await edit(ADD);
    const { history } = world.store;
    let lost = false;
    const racing: HistoryStore = {
      ...history,
      async putSeries(next, expected) {
        if (!lost) {
          lost = true;
          await edit({ action: 'rename', id: 'mill', name: 'The mill' });
        }
        return history.putSeries(next, expected);
      },
    };
    expect(await editPage(depsOver(racing), { action: 'pause', id: 'mill' })).toMatchObject({ name: 'The mill' });
    expect(await stored('mill')).toMatchObject({ record: { paused: true, name: 'The mill' } });
  });

  it('an edit that always loses ends with an error that may be tried again', async () => {
    await edit(ADD);
    const putSeries = async () => Promise.reject(new ConflictError('changed first'));
    const deps = depsOver({ ...world.store.history, putSeries });
    await expect(editPage(deps, { action: 'pause', id: 'mill' })).rejects.toMatchObject({ retryable: true });
  });

  it('two ids that were added for one pattern at the same time become one', async () => {
    const blind = depsOver({ ...world.store.history, series: async () => [] });
    for (const id of ['b', 'a']) await editPage(blind, parsePageEdit({ ...ADD, id }));
    await world.plan();
    expect((await world.tracked()).filter((id) => /^[ab]-/.test(id))).toEqual(['a-2021-12', 'a-2022-01']);
    expect(await stored('b')).toMatchObject({ record: { removed: true } });
  });

  it('a page and a series that were added for one address at the same time become one page', async () => {
    const blind = depsOver({ ...world.store.history, series: async () => [], checks: async () => [] });
    await edit(ADD);
    await editPage(blind, { action: 'add', url: 'https://free.example/mill-2022-01.htm', id: 'mine' });
    await world.plan();
    expect(await world.tracked()).toEqual(['harbour', 'mill-2021-12', 'mill-2022-01', 'months-2022-01']);
  });
});
