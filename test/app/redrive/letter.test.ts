import { describe, expect, it } from 'vitest';
import { type DeadLetter, readLetter } from '#app/redrive/letter.ts';
import { callOf, FUNCTIONS, letter } from './letters.ts';

const read = (body: unknown, rest: Partial<DeadLetter> = {}) => readLetter(letter('m', body, rest), FUNCTIONS);

describe('a dead letter', () => {
  it('of ingest holds what the call was handed, unchanged, and its pages', () => {
    const payload = { observations: [{ page: { id: 'a' }, kind: 'captured', extra: 1 }, { page: { id: 'b' } }] };
    expect(read(callOf('ingest', { requestPayload: payload }))).toEqual({
      from: 'ingest',
      error: 'it broke',
      payload,
      pages: ['a', 'b'],
    });
  });

  it.each(['plan', 'fetch', 'notify'] as const)('of %s holds no more than why it was given up', (name) => {
    expect(read(callOf(name))).toEqual({ from: name, error: 'it broke' });
  });

  it('of a stream has no answer of the function: the condition says why', () => {
    const { responsePayload: _, requestPayload: __, ...record } = callOf('notify');
    expect(read({ ...record, DDBStreamBatchInfo: { shardId: 's', batchSize: 1 } })).toEqual({
      from: 'notify',
      error: 'RetriesExhausted',
    });
  });

  it('of the schedule is known by who sent it, or by what plan is called with', () => {
    const schedule = { from: 'schedule', error: null };
    expect(read('no JSON', { fromSchedule: true })).toEqual(schedule);
    expect(read({ source: 'schedule' })).toEqual(schedule);
  });

  it.each([
    ['no JSON at all', /no record of a call/],
    [[], /no record of a call/],
    [null, /no record of a call/],
    [{ requestContext: {} }, /no record of a call/],
    [callOf('other'), /comes from arn:aws:lambda.*other-1.*no function of this stage/],
    [callOf('ingest', { requestPayload: {} }), /ingest without observations/],
    [callOf('ingest', { requestPayload: { observations: [] } }), /ingest without observations/],
    [callOf('ingest', { requestPayload: { observations: [{ page: {} }] } }), /ingest without observations/],
  ])('that is something else is not understood, and says why (%#)', (body, why) => {
    expect(read(body)).toEqual({ from: null, why: expect.stringMatching(why) });
  });
});
