import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRecord } from '#app/series/read-record.ts';
import { newRecord, unreadableSentence } from '#app/series/record.ts';
import type { SeriesConfig } from '#core/config.ts';

const SERIES: SeriesConfig = { id: 'months', pattern: 'https://months.example/{yyyy}-{MM}.htm', from: '2022-01' };
const RECORD = { ...newRecord(SERIES, 'Months'), version: 3 };

describe('the record of an added series', () => {
  it('is read as it was written', () => {
    expect(readRecord('months', JSON.parse(JSON.stringify(RECORD)))).toEqual({
      id: 'months',
      record: RECORD,
      fault: null,
      version: 3,
    });
  });

  it.each<[string, unknown, RegExp]>([
    ['nothing', null, /series|expected/i],
    ['text', 'months', /expected/i],
    ['the id of another series', { ...RECORD, series: { ...SERIES, id: 'other' } }, /not what Daybook writes/],
    [
      'a host that varies',
      { ...RECORD, series: { ...SERIES, pattern: 'https://{yyyy}.example/{MM}' } },
      /vary in its host/,
    ],
    ['months in the wrong order', { ...RECORD, series: { ...SERIES, until: '2021-12' } }, /until: must not be before/],
    ['a field that it does not know', { ...RECORD, series: { ...SERIES, weeks: true } }, /"weeks"/],
    ['no decision', { ...RECORD, removed: undefined }, /not what Daybook writes/],
    ['no form', { ...RECORD, form: undefined }, /not what Daybook writes/],
  ])('is unreadable with %s, which its fault says', (_, value, fault) => {
    const read = readRecord('months', value);
    expect(read).toMatchObject({ id: 'months', record: null, fault: expect.stringMatching(fault) });
  });

  it('of a newer version is recognised whatever else it holds, and is not to be written again', () => {
    const read = readRecord('months', { form: 2, weeks: '{ww}', version: 9 });
    expect(read).toMatchObject({ record: null, isNewer: true, version: 9, fault: expect.stringContaining('form 2') });
    if (read.record === null) expect(unreadableSentence(read)).toMatch(/"months".*newer version.*install/);
  });

  it('that is damaged says how it is written again', () => {
    const read = readRecord('months', { ...RECORD, series: null });
    if (read.record !== null) throw new Error('it was read');
    expect(unreadableSentence(read)).toMatch(/left as they are: "daybook pages add .* --id months" writes it again/);
    expect(unreadableSentence({ ...read, version: null })).toMatch(/"daybook rebuild" leaves it out/);
  });

  it('is believed or has a fault, whatever is stored', () => {
    const fields = fc.record(
      {
        form: fc.oneof(fc.constant(1), fc.integer(), fc.string()),
        series: fc.oneof(fc.constant(SERIES), fc.anything()),
        name: fc.oneof(fc.string(), fc.constant(null), fc.anything()),
        removed: fc.oneof(fc.boolean(), fc.anything()),
        paused: fc.oneof(fc.boolean(), fc.anything()),
        version: fc.oneof(fc.nat(), fc.anything()),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fields, fc.anything()), (value) => {
        const read = readRecord('months', value);
        if (read.record === null) expect(read.fault).not.toBe('');
        else expect(read.record).toEqual(value);
      }),
    );
  });
});
