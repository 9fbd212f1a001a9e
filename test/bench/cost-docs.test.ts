import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '#core/config.ts';

const text = await readFile('docs/cost.md', 'utf8');
const rows = text
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.split('|').map((cell) => cell.trim()));

/** What is free, and what is not, of a cell as `0.016 (0.016)`. */
const both = (cell: string): [number, number] => {
  const [, free = 'NaN', without = 'NaN'] = /^([\d.]+) \(([\d.]+)\)$/.exec(cell) ?? [];
  return [Number(free), Number(without)];
};

describe('the documented bill', () => {
  const items = rows.filter((cells) => /^[\d.]+ \([\d.]+\)$/.test(cells[2] ?? ''));

  it.each([
    ['one series', 2, 'one series, its newest month'],
    ['1,000 pages', 3, '1,000 pages of 20 hosts'],
    ['100,000 pages', 4, '100,000 pages of 2,000 hosts'],
    ['10,000 simulated pages', 5, '10,000 pages of 100 hosts'],
  ])('of %s is the sum of its items, also without what is free', (_, column, name) => {
    const [, , , withFree, without] = rows.find((cells) => cells[1]?.startsWith(name)) ?? [];
    const sums = items.map((cells) => both(cells[column] ?? ''));
    const sum = (at: 0 | 1) => sums.reduce((all, one) => all + one[at], 0);
    expect(items.length).toBeGreaterThan(7);
    expect(Math.abs(sum(0) - Number(withFree))).toBeLessThan(0.5);
    expect(Math.abs(sum(1) - Number(without))).toBeLessThan(0.5);
  });

  it('names fields that a configuration has', () => {
    const fields = [...text.matchAll(/`([a-z]+)\.([a-z]+[A-Z]\w*)`/g)].map(([, part = '', field = '']) => [
      part,
      field,
    ]);
    expect(fields.length).toBeGreaterThan(0);
    for (const [part = '', field = ''] of fields) {
      const given = { pages: [{ id: 'a', url: 'https://example.org/' }], [part]: { [field]: {} } };
      expect(() => parseConfig(given)).toThrow(`${part}.${field}: `);
    }
  });
});
