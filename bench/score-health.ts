import { type JudgedSight, judgeSight, sightSets } from './health/sights.ts';

interface Tally {
  readonly walls: number;
  readonly pages: number;
  readonly caught: number;
  readonly refused: number;
}

/**
 * Scores the judgement of whole answers on labelled ones: how many walls are refused, how many pages are, as the first
 * capture of a page and as a later one. The data folder is not used: the labelled answers are part of the project.
 */
export async function scoreHealth(_folder: string): Promise<string[]> {
  const lines: string[] = [];
  for (const [name, sights] of await sightSets()) {
    const judged = sights.map(judgeSight);
    const { walls, pages } = tally(judged, 'first');
    lines.push(`${name}: ${walls} walls, ${pages} pages`);
    for (const when of ['first', 'later'] as const) {
      const { caught, refused } = tally(judged, when);
      const precision = pages === 0 ? '' : `precision ${percent(caught, caught + refused)}, `;
      lines.push(
        `  ${when} sight: ${precision}recall ${percent(caught, walls)}; ${walls - caught} walls taken, ${refused} pages refused`,
      );
    }
    // Of a held-out half only totals are printed: figures by kind already show who writes the rules what it holds.
    if (!name.includes('held')) lines.push(...byKind(judged), ...mistakes(judged));
  }
  return lines;
}

/** The board's figures by set, for `--ablate`: counts of walls that are refused and of pages that are. */
export async function figures(_folder: string): Promise<Record<string, number>> {
  const result: Record<string, number> = {};
  for (const [name, sights] of await sightSets()) {
    const judged = sights.map(judgeSight);
    const { caught, refused } = tally(judged, 'first');
    result[`${name} walls refused at first sight`] = caught;
    result[`${name} pages refused at first sight`] = refused;
    result[`${name} walls refused later`] = tally(judged, 'later').caught;
    result[`${name} pages refused later`] = tally(judged, 'later').refused;
  }
  return result;
}

function tally(judged: readonly JudgedSight[], when: 'first' | 'later'): Tally {
  const walls = judged.filter(({ sight }) => sight.label === 'wall');
  const pages = judged.filter(({ sight }) => sight.label === 'page');
  const bad = (list: readonly JudgedSight[]): number => list.filter((one) => one[when] !== 'ok').length;
  return { walls: walls.length, pages: pages.length, caught: bad(walls), refused: bad(pages) };
}

/** For each kind, how many are refused at first sight. */
function byKind(judged: readonly JudgedSight[]): string[] {
  const nameOf = ({ sight }: JudgedSight): string => `${sight.label} ${sight.kind}`;
  const counts = [...new Set(judged.map(nameOf))].map((kind) => {
    const list = judged.filter((one) => nameOf(one) === kind);
    return `${kind} ${list.filter(({ first }) => first !== 'ok').length}/${list.length}`;
  });
  return [`    refused at first sight: ${counts.sort().join(', ')}`];
}

function mistakes(judged: readonly JudgedSight[]): string[] {
  return judged.flatMap(({ sight: { id, label }, first, later }) => {
    const wrong = [
      ...((first === 'ok') === (label === 'wall') ? [`first ${first}`] : []),
      ...((later === 'ok') === (label === 'wall') ? [`later ${later}`] : []),
    ];
    return wrong.length === 0 ? [] : [`    wrong: ${label} ${id}: ${wrong.join(', ')}`];
  });
}

function percent(part: number, whole: number): string {
  return whole === 0 ? 'none' : `${((100 * part) / whole).toFixed(1)} %`;
}
