import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCounter } from '#adapters/aws/telemetry.ts';
import { METRICS } from '#core/names.ts';

interface Line {
  readonly _aws: { readonly CloudWatchMetrics: readonly { Namespace: string; Dimensions: string[][] }[] };
  readonly [field: string]: unknown;
}

describe('the one metric', () => {
  let lines: Line[] = [];
  beforeEach(() => {
    lines = [];
    const take = (line: unknown) => lines.push(JSON.parse(String(line))) > 0;
    vi.spyOn(process.stdout, 'write').mockImplementation(take);
    vi.spyOn(console, 'log').mockImplementation(take);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
  const published = (stage?: string | null) => {
    const counter = createCounter('ingest', stage);
    counter.count('checks', 2);
    counter.flush();
    counter.flush();
    expect(lines).toHaveLength(1);
    const [line] = lines;
    return { line, sets: line?._aws.CloudWatchMetrics[0] };
  };

  // Each set of dimensions is a metric, and each metric is paid for.
  it('is counted once in one set of dimensions, and nothing is written where nothing was counted', () => {
    const { line, sets } = published();
    expect(sets).toMatchObject({ Namespace: METRICS.namespace, Dimensions: [['service']] });
    expect(line).toMatchObject({ [METRICS.checks]: 2, service: 'ingest' });
  });

  it('names its stage, so that two stages do not hide the silence of each other', () => {
    const { line, sets } = published('dev');
    expect(sets?.Dimensions).toEqual([['service', 'stage']]);
    expect(line).toMatchObject({ [METRICS.checks]: 2, service: 'ingest', stage: 'dev' });
  });

  it.each(['', null])('of the stage without a name (%j) keeps the dimensions that its alarm watches', (stage) => {
    expect(published(stage).sets?.Dimensions).toEqual([['service']]);
  });

  it('keeps its dimensions from one publication to the next', () => {
    const counter = createCounter('ingest', 'dev');
    for (const value of [1, 2]) {
      counter.count('checks', value);
      counter.flush();
    }
    expect(lines.map((line) => [line[METRICS.checks], line.stage])).toEqual([
      [1, 'dev'],
      [2, 'dev'],
    ]);
  });
});
