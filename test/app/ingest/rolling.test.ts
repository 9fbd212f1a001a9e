import { beforeEach, describe, expect, it } from 'vitest';
import { blockPage, chroniclePage, REPORTS } from '../../support/sample-pages.ts';
import { ConfiguredWorld } from '../configured-world.ts';

const PAGE = { id: 'oprep', url: 'https://harbour.example/oprep.htm', rolling: true };
const SUBJECTS = [
  'northern basin',
  'customs house',
  'ferry line',
  'survey ship',
  'pilot station',
  'fish market',
  'outer mole',
  'coal wharf',
];
const VERBS = [
  'was closed to ships of more than',
  'was sold by the council for',
  'carried passengers in number',
  'measured depths below',
  'took on recruits to a total of',
];

/** The report of one day: it contains nothing of the day before. */
function issue(day: number, length = 6): string[] {
  return Array.from({ length }, (_, index) => {
    const subject = SUBJECTS[(day * 3 + index) % SUBJECTS.length];
    const verb = VERBS[(day + index * 2) % VERBS.length];
    return `On ${day} January 2022 the ${subject} ${verb} ${day * 100 + index * 7}, as office number ${day * 11 + index} reported at ${index + 6} o'clock.`;
  });
}
const shown = (day: number, length?: number) =>
  chroniclePage(issue(day, length), { title: `Operations report, Day ${day + 140} Update` });

let world: ConfiguredWorld;
beforeEach(() => {
  world = new ConfiguredWorld({ pages: [PAGE] });
  world.serves(PAGE.url, shown(10));
});

describe('a rolling page whose whole content is replaced', () => {
  it('gets one revision a day marked as replaced, with the new items as changes, and an alert', async () => {
    await world.turn();
    for (const day of [11, 12, 13, 14]) {
      world.serves(PAGE.url, shown(day));
      const { results, alerts } = await world.tomorrow();
      expect(results).toMatchObject([
        { outcome: 'revision', reason: null, revision: { replaced: true, confirmed: false } },
      ]);
      const texts = results[0]?.changes.flatMap((change) => change.after.map((ref) => ref.text)) ?? [];
      for (const text of issue(day)) expect(texts).toContain(text);
      expect(alerts).toMatchObject([{ topic: 'news', pageId: 'oprep' }]);
      expect(alerts[0]?.text).toContain('new issue');
      expect(alerts[0]?.text).toContain(issue(day)[0]);
    }
    expect((await world.store.history.head('oprep'))?.revision).toBe(5);
    expect(await world.store.history.quarantined('oprep', 10)).toEqual([]);
    expect((await world.store.history.health('oprep'))?.state.state).toBe('ok');
  });

  it.each([
    ['half as long', 3],
    ['twice as long', 12],
    ['of one item', 1],
  ])('is accepted when its new issue is %s', async (_, length) => {
    await world.turn();
    world.serves(PAGE.url, shown(11, length));
    const { results } = await world.tomorrow();
    expect(results).toMatchObject([{ outcome: 'revision', revision: { replaced: true } }]);
  });

  it('that only adds an item has no new issue', async () => {
    await world.turn();
    world.serves(
      PAGE.url,
      chroniclePage([...issue(10), ...issue(11, 1)], { title: 'Operations report, Day 150 Update' }),
    );
    const { results } = await world.tomorrow();
    expect(results).toMatchObject([{ outcome: 'revision', revision: { replaced: false } }]);
    expect(results[0]?.changes.map((change) => change.kind)).toEqual(['added']);
  });

  it('that shows the same issue another day sends no alert', async () => {
    await world.turn();
    const { results, alerts } = await world.tomorrow();
    expect(results).toMatchObject([{ outcome: 'unchanged' }]);
    expect(alerts).toEqual([]);
  });

  it.each([
    ['a block page', blockPage(), 403],
    ['a block page with status 200', blockPage(), 200],
    ['next to nothing', chroniclePage(['Back soon.']), 200],
  ])('is not accepted when it shows %s', async (_, body, status) => {
    await world.turn();
    world.serves(PAGE.url, body, status);
    const { results } = await world.tomorrow();
    expect(results).toMatchObject([{ outcome: 'quarantined', revision: null }]);
    expect((await world.store.history.head('oprep'))?.revision).toBe(1);
  });
});

it('the same replacement on a page that is not declared rolling is suspect at first', async () => {
  world.configure({ pages: [{ ...PAGE, rolling: false }] });
  world.serves(PAGE.url, chroniclePage(REPORTS));
  await world.turn();
  world.serves(PAGE.url, shown(11, 8));
  const { results, alerts } = await world.tomorrow();
  expect(results).toMatchObject([{ outcome: 'quarantined', reason: 'mass-change' }]);
  expect(alerts).toEqual([]);
});

it('a page that is declared rolling later is accepted from its next issue on', async () => {
  world.configure({ pages: [{ ...PAGE, rolling: false }] });
  await world.turn();
  world.configure({ pages: [PAGE] });
  world.serves(PAGE.url, shown(11));
  const { results } = await world.tomorrow();
  expect(results).toMatchObject([{ outcome: 'revision', revision: { number: 2, replaced: true } }]);
});
