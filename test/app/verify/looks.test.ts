import { describe, expect, it } from 'vitest';
import { verify } from '#app/verify/verify.ts';
import { newCheck } from '#core/schedule/check.ts';
import { addLook, type LookRef, newDay, refOf } from '#core/schedule/looks.ts';
import { PAGE, Watched } from '../../support/watched.ts';

/** Days, and the day that each names as the one before. */
type Days = readonly (readonly [day: string, previous: string | null])[];

async function unnamed(days: Days): Promise<string[]> {
  const store = new Watched();
  const refs = new Map<string, LookRef>();
  for (const [day, previous] of days) {
    const before = previous === null ? null : (refs.get(previous) ?? null);
    const looked = addLook(newDay(PAGE.id, day, before), { at: `${day}T10:00:00.000Z`, outcome: 'unchanged' });
    await store.history.putLooks(looked, null);
    refs.set(day, refOf(looked));
  }
  const lastLook = refs.get([...refs.keys()].sort().at(-1) ?? '') ?? null;
  await store.history.putCheck({ ...newCheck(PAGE, '2022-01-20T10:00:00.000Z'), lastLook }, null);
  const found: string[] = [];
  for await (const event of verify({ history: store.history, objects: store.objects, parser: '1', expires: false })) {
    if (event.type === 'finding') found.push(`${event.finding.where}: ${event.finding.problem}`);
  }
  return found;
}

describe('days of looks that no later day names', () => {
  it.each<readonly [string, Days]>([
    [
      'a chain',
      [
        ['2022-01-03', null],
        ['2022-01-04', '2022-01-03'],
        ['2022-01-08', '2022-01-04'],
      ],
    ],
    [
      'two workers at one time',
      [
        ['2022-01-03', null],
        ['2022-01-04', '2022-01-03'],
        ['2022-01-05', '2022-01-03'],
      ],
    ],
    [
      'a clock that ran ahead, whose day a week later names what was the newest then',
      [
        ['2022-01-03', null],
        ['2022-01-10', '2022-01-03'],
        ['2022-01-04', '2022-01-03'],
        ['2022-01-05', '2022-01-04'],
      ],
    ],
    [
      'a clock that was far ahead, after which the chain began again',
      [
        ['2022-01-03', null],
        ['2022-01-10', '2022-01-03'],
        ['2022-01-04', null],
        ['2022-01-05', '2022-01-04'],
      ],
    ],
    [
      'a clock that was far ahead, whose day the new chain has passed by now',
      [
        ['2022-01-03', null],
        ['2022-01-10', '2022-01-03'],
        ['2022-01-04', null],
        ['2022-01-05', '2022-01-04'],
        ['2022-01-12', '2022-01-05'],
      ],
    ],
    [
      'a clock that ran ahead for the last look of a day, and the next look two days later',
      [
        ['2022-01-03', null],
        ['2022-01-04', '2022-01-03'],
        ['2022-01-06', null],
      ],
    ],
  ])('are no fault: %s', async (_, days) => {
    expect(await unnamed(days)).toEqual([]);
  });

  it.each<readonly [string, Days, string]>([
    [
      'a branch of several days that goes on after the day with which it parted',
      [
        ...([
          ['2022-01-03', null],
          ['2022-01-04', '2022-01-03'],
          ['2022-01-08', '2022-01-04'],
        ] as const),
        ...([
          ['2022-01-05', '2022-01-03'],
          ['2022-01-06', '2022-01-05'],
        ] as const),
      ],
      '2022-01-06',
    ],
    [
      'a chain of its own before all others',
      [
        ['2022-01-02', null],
        ['2022-01-03', null],
        ['2022-01-04', '2022-01-03'],
      ],
      '2022-01-02',
    ],
  ])('are a finding: %s', async (_, days, day) => {
    expect(await unnamed(days)).toEqual([`looks of ${day}: no later looks name it`]);
  });
});
