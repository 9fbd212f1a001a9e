import { Evidence } from './evidence.ts';
import type { Scene } from './scene.ts';
import { type StoryCosts, storyCosts } from './storyCosts.ts';
import { Ways } from './ways.ts';

/**
 * Years for prose that tells history without a page period of its own. All its dates are looked at together: the story
 * goes forward in small steps, sometimes digresses to another time and comes back, and now and then has a mistyped year.
 * A rule that looks at one neighbour alone drags a whole page along when that neighbour is a digression or a slip; here
 * every year is the one that is likeliest by what comes before it and after it, over all ways to read the whole.
 */

/** The first round knows only written years, the second also what the first made of the others, and of the author. */
const ROUNDS = 2;

/** So many right years are taken for granted, lest one slip on a short page condemn the rest. */
const TRUST = 10;

function likeliest(belief: ReadonlyMap<number, number>): number {
  let [best, most] = [0, -1];
  for (const [year, probability] of belief) if (probability > most) [best, most] = [year, probability];
  return best;
}

/** The share of written years that are likely slips. */
function slips(scenes: readonly Scene[], beliefs: readonly ReadonlyMap<number, number>[]): number {
  let [written, doubted] = [0, 0];
  for (const [i, { year, soft }] of scenes.entries()) {
    if (year === null || soft) continue;
    written += 1;
    doubted += 1 - (beliefs[i]?.get(year) ?? 0);
  }
  return doubted / (written + TRUST);
}

/**
 * A year for every scene, in order; none where no scene names one. `carelessness` (0 to 1) is what is known of the author
 * beforehand; who is found out in one mistyped year is trusted less in the others. Linear in the number of scenes.
 */
export function yearsOfStory(scenes: readonly Scene[], carelessness = 0, costs: StoryCosts = storyCosts): number[] {
  const first = scenes.find((scene) => scene.year !== null)?.year ?? null;
  if (first === null) return [];
  let years: readonly (number | null)[] = scenes.map(({ year }) => year);
  let chosen: number[] = [];
  let doubt = carelessness;
  for (let round = 0; round < ROUNDS; round++) {
    const typo = costs.typo + (costs.typoCareless - costs.typo) * doubt;
    const ways = new Ways(first, { ...costs, typo }, new Evidence(scenes, years, costs));
    for (const scene of scenes) ways.take(scene);
    const beliefs = ways.beliefs();
    chosen = beliefs.map(likeliest);
    years = chosen;
    doubt = Math.max(carelessness, Math.min(1, slips(scenes, beliefs) / costs.careless));
  }
  return chosen;
}
