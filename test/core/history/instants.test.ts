import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEventDate, lastInstant, spanOf } from '#core/history/instants.ts';

describe('a date in a query', () => {
  it.each([
    ['2024-02-29', '2024-02-29T00:00:00.000Z', '2024-03-01T00:00:00.000Z'],
    ['2024-12', '2024-12-01T00:00:00.000Z', '2025-01-01T00:00:00.000Z'],
    ['2024', '2024-01-01T00:00:00.000Z', '2025-01-01T00:00:00.000Z'],
    ['0099-12-31', '0099-12-31T00:00:00.000Z', '0100-01-01T00:00:00.000Z'],
  ])('%s means all of it, UTC', (text, start, end) => {
    expect(spanOf(text)).toEqual({ start, end });
    expect(isEventDate(text)).toBe(true);
  });

  it.each([
    '2023-02-29',
    '2024-13',
    '2024-00',
    '2024-01-00',
    '2024-1-1',
    '24',
    '',
    '2024-01-01 ',
    'tomorrow',
    '2024-W02',
  ])('that does not exist is refused: %j', (text) => {
    expect(isEventDate(text)).toBe(false);
    expect(spanOf(text)).toBeNull();
  });
});

describe('an instant in a query', () => {
  it.each([
    ['2024-03-01T10:15Z', '2024-03-01T10:15:00.000Z'],
    ['2024-03-01T10:15', '2024-03-01T10:15:00.000Z'],
    ['2024-03-01T10:15:30', '2024-03-01T10:15:30.000Z'],
    ['2024-03-01T10:15:30.5Z', '2024-03-01T10:15:30.500Z'],
    ['2024-03-01T10:15:30.123456789Z', '2024-03-01T10:15:30.123Z'],
    ['2024-03-01T00:15:30+02:00', '2024-02-29T22:15:30.000Z'],
  ])('%s is brought to UTC with milliseconds', (text, start) => {
    expect(spanOf(text)?.start).toBe(start);
  });

  it.each([
    '2024-03-01T25:00Z',
    '2024-02-30T10:00Z',
    '2024-03-01T10:15 02:00',
    '2024-03-01T10Z',
    '2024-03-01T10:15:61Z',
  ])('that does not exist is refused: %j', (text) => {
    expect(spanOf(text)).toBeNull();
  });

  it('is not an event date', () => {
    expect(isEventDate('2024-03-01T10:15Z')).toBe(false);
  });
});

describe('any text at all', () => {
  it('gives a span that ends after it starts, or none, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\dTZ:.+-]{0,30}$/)), (text) => {
        const span = spanOf(text);
        if (span === null) return;
        expect(span.start < span.end).toBe(true);
        expect(lastInstant(span) >= span.start).toBe(true);
        expect(lastInstant(span) < span.end).toBe(true);
      }),
    );
  });

  it('is refused in time that grows with its length only', () => {
    for (const text of ['2'.repeat(100_000), '2024-01-01T00:00:00.'.padEnd(100_000, '0'), '-'.repeat(100_000)]) {
      expect(spanOf(text)).toBeNull();
    }
  });
});
