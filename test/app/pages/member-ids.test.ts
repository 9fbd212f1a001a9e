import { beforeEach, describe, expect, it } from 'vitest';
import { editPage } from '#app/pages/edit-pages.ts';
import { hasMemberId } from '#app/series/member-ids.ts';
import { parsePageEdit } from '#core/pages/edit.ts';
import { ConfiguredWorld } from '../configured-world.ts';

/*
 * Planning gives a member its address by its id: no other page may have such an id, also not that of a later month. And
 * a page that goes on without its series has nothing left of what was decided about the series.
 */

const MILL = { action: 'add-series', pattern: 'https://free.example/mill-{yyyy}-{MM}.htm', from: '2021-12' };
const OTHER = 'https://other.example/mill-2022-03.htm';
const HOSTS = { fetch: { hosts: ['free.example', 'other.example'] } };
let world: ConfiguredWorld;

beforeEach(() => {
  world = new ConfiguredWorld(HOSTS);
});

const edit = async (input: unknown) => {
  const { store, config, clock } = world;
  const edited = await editPage({ history: store.history, config, remedy: '', now: clock.now }, parsePageEdit(input));
  await world.plan();
  return edited;
};

describe('a page with the name of a month that is still to come', () => {
  it.each(['added', 'configured'])('keeps its own address when the %s series gets there', async (by) => {
    if (by === 'added') await edit(MILL);
    else world.configure({ ...HOSTS, series: [{ id: 'mill', pattern: MILL.pattern, from: MILL.from }] });
    const { id } = await edit({ action: 'add', url: OTHER });
    expect(id).toMatch(/^mill-2022-03-[0-9a-f]{6}$/);
    world.clock.set('2022-03-02T08:00:00.000Z');
    await world.plan();
    expect((await world.check(id)).page.url).toBe(OTHER);
    expect((await world.check('mill-2022-03')).page.url).toBe('https://free.example/mill-2022-03.htm');
  });

  it('does not get an id by hand that the month will have, nor that of a day', async () => {
    await edit(MILL);
    for (const id of ['mill-2022-03', 'mill-2022-03-05'])
      await expect(edit({ action: 'add', url: OTHER, id })).rejects.toThrow(
        `"${id}" is that of a member of the series of ${MILL.pattern}: give another with --id`,
      );
    expect(await edit({ action: 'add', url: OTHER, id: 'mill-2022' })).toMatchObject({ outcome: 'added' });
  });

  it('is in the way of a series whose member of another month it was', async () => {
    await edit({ action: 'add', url: 'https://free.example/mill-2022-02.htm', id: 'mill-2022-05' });
    await edit({ action: 'remove', id: 'mill-2022-05' });
    await expect(edit({ ...MILL, id: 'mill' })).rejects.toThrow('The id "mill-2022-05" of a member is the one of');
  });
});

it('an id is that of another member only where the address is not its own', () => {
  const series = { id: 'a', pattern: 'https://free.example/{yyyy}-{MM}.htm' };
  const at = (id: string, url: string) => hasMemberId(series, { id, url });
  expect(at('a-2022-01', 'http://www.free.example/2022-01.htm')).toBe(false);
  expect(at('a-2022-01', 'https://free.example/2022-02.htm')).toBe(true);
  expect(at('a-2022-01', 'https://free.example/')).toBe(true);
  expect(at('a-2022-01-05', 'https://free.example/2022-01.htm')).toBe(true);
  for (const id of ['a', 'a-2022', 'a-2022-01-5', 'b-2022-01', 'a2022-01', 'a-x-2022-01'])
    expect(at(id, 'https://free.example/')).toBe(false);
});

it('a page that was a member of a paused series is checked when it is added for itself, before or after the tick', async () => {
  for (const isTicked of [false, true]) {
    world = new ConfiguredWorld(HOSTS);
    await edit(MILL);
    await edit({ action: 'pause', id: 'mill' });
    expect((await world.check('mill-2022-01')).paused).toBe('series');
    const { store, config, clock } = world;
    const deps = { history: store.history, config, remedy: '', now: clock.now };
    await editPage(deps, { action: 'remove', id: 'mill' });
    if (isTicked) await world.plan();
    expect(await edit({ action: 'add', url: 'https://free.example/mill-2022-01.htm' })).toMatchObject({
      id: 'mill-2022-01',
      outcome: 'continued',
    });
    const { paused, retired, added } = await world.check('mill-2022-01');
    expect({ paused, retired, added }).toEqual({ paused: undefined, retired: false, added: { every: null } });
  }
});
