import type { Fault, Level, Point } from './world/faults.ts';

const FAULTS: Readonly<Record<Level, readonly Fault[]>> = {
  port: ['dies-before', 'dies-after', 'fails', 'throttled', 'rival', 'sleeps'],
  database: ['dies-before', 'dies-after', 'throttled', 'torn', 'rival', 'sleeps'],
};

/** Faults after which something is left behind that may do harm later: a torn write, a worker that still lives. */
const HAUNTING: ReadonlySet<Fault> = new Set(['dies-after', 'torn', 'rival', 'sleeps']);

export const LEVELS: readonly Level[] = ['port', 'database'];

/** Everything that can go wrong at the calls of one level that a step makes, in the order of the calls. */
export function pointsOf(level: Level, calls: readonly string[]): Point[] {
  const seen = new Map<string, number>();
  return calls.flatMap((call, index) => {
    const nth = seen.get(call) ?? 0;
    seen.set(call, nth + 1);
    return FAULTS[level].filter((fault) => canHappen(fault, call)).map((fault) => ({ level, call, nth, index, fault }));
  });
}

/** Whether a fault leaves something that must be watched for one more step. */
export function haunts(point: Point): boolean {
  return HAUNTING.has(point.fault);
}

/** The readable name of a point. */
export function describePoint({ fault, index, call, level }: Point): string {
  return `${fault} at ${level} call ${index} (${call})`;
}

function canHappen(fault: Fault, call: string): boolean {
  if (fault === 'torn') return call.endsWith('BatchWriteCommand');
  // A late message of a fetch is bounded by its function's timeout, which is shorter than the lease.
  return fault !== 'sleeps' || !call.startsWith('fetch ');
}
