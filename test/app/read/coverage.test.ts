import { describe, expect, it } from 'vitest';
import { createReader, NotFoundError } from '#app/read/reader.ts';
import { appOf, NOW, sample } from '../../read/sample.ts';
import type { Chronicle } from '../../support/chronicle.ts';

const readerOf = ({ history, objects }: Chronicle) => createReader({ history, objects, now: () => NOW });

const coverage = async (request: { from?: string; to?: string }, limit = 100) =>
  readerOf(await sample()).coverage('pass', { ...request, limit });
const days = (items: readonly { readonly day: string }[]) => items.map(({ day }) => day);

describe('the coverage of a page', () => {
  it('says of each day whether the page was looked at and believed, also of days without a look', async () => {
    const { items } = await coverage({ from: '2024-03-11', to: '2024-03-14' });
    expect(items).toEqual([
      {
        day: '2024-03-11',
        believed: 1,
        changed: 1,
        refused: 0,
        failed: 0,
        looks: [{ time: '18:30', outcome: 'changed' }],
      },
      {
        day: '2024-03-12',
        believed: 0,
        changed: 0,
        refused: 1,
        failed: 1,
        looks: [
          { time: '07:00', outcome: 'failed' },
          { time: '07:30', outcome: 'refused' },
        ],
      },
      { day: '2024-03-13', believed: 0, changed: 0, refused: 0, failed: 0, looks: [] },
      {
        day: '2024-03-14',
        believed: 2,
        changed: 1,
        refused: 0,
        failed: 0,
        looks: [
          { time: '06:45', outcome: 'changed' },
          { time: '07:15', outcome: 'unchanged' },
        ],
      },
    ]);
  });

  it('takes months and years as all of their days', async () => {
    const { items } = await coverage({ from: '2024-02', to: '2024-02' });
    expect([items.length, items[0]?.day, items.at(-1)?.day]).toEqual([29, '2024-02-01', '2024-02-29']);
    expect((await coverage({ from: '2023', to: '2023' }, 500)).items).toHaveLength(365);
  });

  it('is that of the last 30 days where no day is given, and continues by its cursor', async () => {
    const reader = readerOf(await sample());
    const whole = await reader.coverage('pass', { to: '2024-03-20', limit: 100 });
    expect([whole.items.length, whole.items.at(-1)?.day, whole.next]).toEqual([30, '2024-03-20', null]);
    const part = await reader.coverage('pass', { to: '2024-03-20', limit: 28 });
    expect(part.items).toEqual(whole.items.slice(0, 28));
    const rest = await reader.coverage('pass', { to: '2024-03-20', limit: 28, after: part.next ?? '' });
    expect([...days(part.items), ...days(rest.items)]).toEqual(days(whole.items));
    expect(rest.next).toBeNull();
  });

  it('reads no more days than it answers, however many are asked for', async () => {
    const { items, next } = await coverage({ from: '0001', to: '9999' }, 5);
    expect(items).toHaveLength(5);
    expect(next).not.toBeNull();
  });

  it('is of tracked pages only', async () => {
    await expect(readerOf(await sample()).coverage('none', { limit: 5 })).rejects.toThrow(NotFoundError);
  });
});

describe('over HTTP', () => {
  const ask = async (query: string) => appOf(await sample()).request(`/api/pages/pass/coverage${query}`);

  it.each([
    ['?from=2024-03-11&to=2024-03-10', 'bad-query'],
    ['?from=2024-02-30', 'bad-query'],
    ['?limit=0', 'bad-query'],
    ['?after=nonsense', 'bad-cursor'],
    ['?days=3', 'bad-query'],
  ])('%s is a wrong question', async (query, code) => {
    const response = await ask(query);
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([400, code]);
  });

  it('shows a strip with a cell a day on the health view, without script', async () => {
    const text = await (await appOf(await sample()).request('/pages/pass/health')).text();
    expect(text).toContain('<time datetime="2024-03-12">03-12</time> 0 of 2');
    expect(text).toContain('<time datetime="2024-03-13">03-13</time> 0<');
    expect(text).toMatch(
      /<li class="changed" title="2 checks accepted, 1 with a change; 0 refused, 0 without answer">/,
    );
    expect(text).not.toContain('<script');
  });
});
