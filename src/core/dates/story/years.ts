import { type StoryCosts, storyCosts } from './costs.ts';
import { Evidence } from './evidence.ts';
import { Ways } from './forward-backward.ts';
import type { Scene } from './scene.ts';

/**
 * Years for prose that tells history without a page period of its own. All its dates are looked at together: the story
 * goes forward in small steps, sometimes digresses to another time and comes back, and now and then has a mistyped year.
 * A rule that looks at one neighbour alone drags a whole page along when that neighbour is a digression or a slip; here
 * every year is the one that is likeliest by what comes before it and after it, over all ways to read the whole.
 */

/** Of so many written years one is a slip: of a careful author's, and of one who makes slips. */
const CAREFUL = 0.002;
const CARELESS = 0.1;

function likeliest(belief: ReadonlyMap<number, number>): number {
  let [best, most] = [0, -1];
  for (const [year, probability] of belief) if (probability > most) [best, most] = [year, probability];
  return best;
}

/** The costs where so many of the written years are slips. */
function costsAt(rate: number, costs: StoryCosts): StoryCosts {
  const typo = Math.log((1 - rate) / (rate / 2));
  return { ...costs, typo, typoYear: costs.typoYear + costs.strayYear };
}

/**
 * A year for every scene, in order; none where no scene names one. `misspelt` (0 to 1) is what is known of the author
 * beforehand. The whole text is read twice, as a careful author's and as a careless one's: how likely either makes it
 * says how far its written years can be trusted, and the likelier reading gives the years by which each date is judged
 * once more. Linear in the number of scenes.
 */
export function yearsOfStory(scenes: readonly Scene[], misspelt = 0, costs: StoryCosts = storyCosts): number[] {
  const first = scenes.find((scene) => scene.year !== null)?.year ?? null;
  if (first === null) return [];
  const written = scenes.map(({ year }) => year);
  const evidence = new Evidence(scenes, written, costs);
  const careful = new Ways(first, costsAt(CAREFUL, costs), evidence);
  const careless = new Ways(first, costsAt(CARELESS, costs), evidence);
  for (const scene of scenes) {
    careful.take(scene);
    careless.take(scene);
  }
  const trusted = scenes.filter(({ year, soft }) => year !== null && !soft).length;
  const likelihood = careful.cost - careless.cost + trusted * Math.log((1 - CARELESS) / (1 - CAREFUL));
  const doubt = 1 / (1 + Math.exp(-(costs.careless + costs.misspeller * misspelt + likelihood)));
  const years = (doubt > 0.5 ? careless : careful).beliefs().map(likeliest);
  const typo = costs.typo + (costs.typoCareless - costs.typo) * doubt;
  const ways = new Ways(first, { ...costs, typo }, new Evidence(scenes, years, costs));
  for (const scene of scenes) ways.take(scene);
  return ways.beliefs().map(likeliest);
}
