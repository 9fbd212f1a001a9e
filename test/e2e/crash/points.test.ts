import { describe, expect, it } from 'vitest';
import { describePoint, haunts, pointsOf } from './points.ts';

describe('points of the crash matrix', () => {
  it('are every fault at every call of a port, and none of the database', () => {
    const faults = pointsOf('port', ['ingest history.flipHead']).map((point) => point.fault);
    expect(faults).toEqual(['dies-before', 'dies-after', 'fails', 'throttled', 'rival', 'sleeps']);
  });

  it('tear batches only, and let every worker sleep but the one whose time is bounded', () => {
    const of = (call: string) => pointsOf('database', [call]).map((point) => point.fault);
    expect(of('ingest BatchWriteCommand')).toContain('torn');
    expect(of('ingest PutCommand')).not.toContain('torn');
    expect(of('ingest PutCommand')).toContain('sleeps');
    expect(of('fetch PutCommand')).not.toContain('sleeps');
  });

  it('name calls of one name by their order, whatever is called between them', () => {
    const points = pointsOf('port', ['a x', 'b y', 'a x']).filter((point) => point.fault === 'fails');
    expect(points.map(({ call, nth, index }) => [call, nth, index])).toEqual([
      ['a x', 0, 0],
      ['b y', 0, 1],
      ['a x', 1, 2],
    ]);
  });

  it('haunt when something is left behind', () => {
    const haunting = pointsOf('database', ['ingest BatchWriteCommand']).filter(haunts);
    expect(haunting.map((point) => point.fault)).toEqual(['dies-after', 'torn', 'rival', 'sleeps']);
  });

  it('have readable names', () => {
    const [point] = pointsOf('port', ['plan history.due']);
    expect(point && describePoint(point)).toBe('dies-before at port call 0 (plan history.due)');
  });
});
