/** A dated span that a system found, or that the gold has. `value` is `YYYY-MM-DD`, `YYYY-MM`, or null where unknown. */
export interface Dated {
  readonly start: number;
  readonly end: number;
  readonly value: string | null;
}

/** Counts of one-to-one matches; add them over paragraphs, then ask {@link measures}. */
export interface Counts {
  gold: number;
  found: number;
  /** Found spans that overlap a gold span, one to one. */
  overlapping: number;
  /** Of those, how many have the gold's value. */
  equal: number;
  /** Found spans that match nothing but lie on a time of day whose day they name: right, though not of this type. */
  neutral: number;
}

export function noCounts(): Counts {
  return { gold: 0, found: 0, overlapping: 0, equal: 0, neutral: 0 };
}

const overlap = (a: Dated, b: Dated): boolean => a.start < b.end && b.start < a.end;

/** Matches found spans to gold ones inside one paragraph: first those of equal value, then any that overlap. */
export function match(
  gold: readonly Dated[],
  found: readonly Dated[],
  neutral: readonly Dated[],
  counts: Counts,
): void {
  const taken = new Set<Dated>();
  const used = new Set<Dated>();
  for (const equalOnly of [true, false]) {
    for (const f of found) {
      if (used.has(f)) continue;
      const g = gold.find((one) => !taken.has(one) && overlap(one, f) && (!equalOnly || one.value === f.value));
      if (g === undefined) continue;
      taken.add(g);
      used.add(f);
      counts.overlapping += 1;
      if (equalOnly) counts.equal += 1;
    }
  }
  counts.gold += gold.length;
  counts.found += found.length;
  counts.neutral += found.filter((f) => !used.has(f) && neutral.some((n) => overlap(n, f))).length;
}

export interface Figures {
  readonly precision: number;
  /** As precision, with the neutral spans left out of the count. */
  readonly precisionWithoutNeutral: number;
  readonly recall: number;
  readonly valueF1: number;
}

export function measures(c: Counts): Figures {
  const ratio = (a: number, b: number): number => (b === 0 ? 1 : a / b);
  const [p, r] = [ratio(c.equal, c.found), ratio(c.equal, c.gold)];
  return {
    precision: ratio(c.overlapping, c.found),
    precisionWithoutNeutral: ratio(c.overlapping, c.found - c.neutral),
    recall: ratio(c.overlapping, c.gold),
    valueF1: p + r === 0 ? 0 : (2 * p * r) / (p + r),
  };
}
