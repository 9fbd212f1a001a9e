import { describe, expect, it } from 'vitest';
import { expectHistory, expectUsable } from '#app/restore/expect-copy.ts';
import type { TableShape } from '#app/restore/ports.ts';
import { THIS_FORMAT } from '#app/store-format.ts';
import { STORE_FORMAT } from '#core/names.ts';

const shape = (name: string, more: Partial<TableShape> = {}): TableShape => ({
  arn: `arn:aws:dynamodb:eu-west-1:123456789012:table/${name}`,
  status: 'ACTIVE',
  keys: ['pk', 'sk'],
  ...more,
});
const table = { name: 'deployed', shape: shape('deployed') };

describe('a copy seen from outside', () => {
  it('is taken when it is another finished table with the same keys', () => {
    expect(() => expectUsable({ name: 'copy', shape: shape('copy') }, table)).not.toThrow();
  });

  it.each([
    ['is not there', 'typo', null, 'no-copy', /no table typo in this account and region/],
    ['is the deployed table', 'deployed', shape('deployed'), 'same-table', /is the deployed table itself/],
    [
      'is still made',
      'copy',
      shape('copy', { status: 'CREATING' }),
      'not-ready',
      /not done with table copy yet \(CREATING\): wait/,
    ],
    [
      'has other keys',
      'users',
      shape('users', { keys: ['id'] }),
      'other-keys',
      /has the keys id, a table of Daybook has pk, sk/,
    ],
  ])('is refused when it %s, with what to do', (_, name, copy, code, message) => {
    const look = () => expectUsable({ name, shape: copy }, table);
    expect(look).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) }));
  });

  it('is of no use without a deployed table', () => {
    const look = () => expectUsable({ name: 'copy', shape: shape('copy') }, { name: 'deployed', shape: null });
    expect(look).toThrow(expect.objectContaining({ code: 'no-table' }));
  });
});

describe('what a copy holds', () => {
  const sound = { pages: 3, damaged: 0, examples: [] };
  const of = (format: number | null) => ({ format: async () => (format === null ? null : { ...THIS_FORMAT, format }) });

  it('is taken when it has pages in this format and is sound', async () => {
    await expect(expectHistory('copy', of(STORE_FORMAT), sound)).resolves.toBeUndefined();
  });

  it.each([
    ['no pages', STORE_FORMAT, { ...sound, pages: 0 }, 'stored-data', /holds no pages/],
    ['no format', null, sound, 'stored-data', /does not say which format/],
    ['an older format', STORE_FORMAT - 1, sound, 'store-format', /--into-table/],
    ['a newer format', STORE_FORMAT + 1, sound, 'store-format', /install a newer version/],
    [
      'damaged items',
      STORE_FORMAT,
      { ...sound, damaged: 2, examples: ['PAGE#x HEAD: it has no sum'] },
      'stored-data',
      /2 items .*PAGE#x HEAD: it has no sum.*earlier instant/,
    ],
  ] as const)('is refused with %s', async (_, format, plan, code, message) => {
    await expect(expectHistory('copy', of(format), plan)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });
});
