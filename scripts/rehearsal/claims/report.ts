import type { Verdict } from './claim.ts';

/** What is said of the verdicts, and whether all is as it must be: nothing broken, and no claim blind for its own fault. */
export function reported(verdicts: readonly Verdict[]): {
  readonly lines: readonly string[];
  readonly passed: boolean;
} {
  const broken = verdicts.filter(({ claim, faults }) => faults.length > 0 && claim.open === undefined);
  const blind = verdicts.filter(({ faults, finds }) => faults.length === 0 && !finds);
  const open = verdicts.filter(({ claim, faults }) => faults.length > 0 && claim.open !== undefined);
  const held = verdicts.filter(({ faults, finds }) => faults.length === 0 && finds);
  const passed = broken.length === 0 && blind.length === 0;
  return {
    passed,
    lines: [
      ...broken.flatMap(({ claim, faults }) => [`✗ ${claim.holds}`, ...faults.map((fault) => `    ${fault}`)]),
      ...blind.map(({ claim }) => `✗ ${claim.holds}: its planted fault is not found (${claim.planted})`),
      ...open.map(({ claim }) => `- not yet: ${claim.holds} (${claim.open})`),
      `${held.length} claims hold; each finds its planted fault.`,
    ],
  };
}
