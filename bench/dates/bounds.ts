import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';
import { candidatesIn } from '../../src/core/dates/parsers/index.ts';
import { refiners } from '../../src/core/dates/refiners/index.ts';
import { storyCosts } from '../../src/core/dates/story/costs.ts';
import { Evidence } from '../../src/core/dates/story/evidence.ts';
import { Ways } from '../../src/core/dates/story/forward-backward.ts';
import type { Scene } from '../../src/core/dates/story/scene.ts';
import { scenesOf } from '../../src/core/dates/story/scenes.ts';
import { type HistoryDocument, loadHistories } from './data.ts';

/** Documents that may be looked at; the others are held out. */
const DEVELOPED_ON = 10;
/** The share of mistyped years that the question is asked for. */
const RATE = 0.1;
/** Scenes on either side of the one asked for; farther ones change nothing. */
const AROUND = 25;

interface Told {
  readonly scene: Scene;
  /** The year that the date means; null where the gold does not say. */
  readonly meant: number | null;
}

function told({ paragraphs }: HistoryDocument): Told[] {
  const blocks = paragraphs.map(({ text }) => {
    let candidates = candidatesIn(text);
    for (const refine of refiners) candidates = refine(text, candidates);
    return { block: { text, kind: 'paragraph', links: [] } as const, candidates };
  });
  const golds = new Map(
    blocks.flatMap(({ candidates }, i) =>
      candidates.map((c) => {
        const dated = paragraphs[i]?.timexes.filter(
          (t) => t.start < c.end && c.start < t.end && t.value !== null && /^\d{4}/.test(t.value),
        );
        return [c, dated?.map((t) => Number(t.value?.slice(0, 4))) ?? []] as const;
      }),
    ),
  );
  const { scenes, owners } = scenesOf(blocks);
  return scenes.map((scene, i) => {
    const owner = owners[i]?.[0];
    const years = owner === undefined ? [] : (golds.get(owner.candidate) ?? []);
    return { scene, meant: (owner?.end === true ? years.at(-1) : years[0]) ?? null };
  });
}

/** The year read for one scene when it is written so, and all the others have the years that they mean. */
function readAs(story: readonly Told[], index: number, written: number): number {
  const from = Math.max(0, index - AROUND);
  const scenes = story
    .slice(from, index + AROUND + 1)
    .map(({ scene, meant }, i) => ({ ...scene, year: from + i === index ? written : (meant ?? scene.year) }));
  const years = scenes.map(({ year }, i) => (from + i === index ? null : year));
  const first = scenes.find(({ year }) => year !== null)?.year ?? written;
  const typo = Math.log((1 - RATE) / (RATE / 2));
  const ways = new Ways(first, { ...storyCosts, typo }, new Evidence(scenes, years, storyCosts));
  for (const scene of scenes) ways.take(scene);
  const belief = [...(ways.beliefs()[index - from] ?? [])];
  return belief.reduce((best, one) => (one[1] > best[1] ? one : best), [written, -1])[0];
}

interface Bound {
  dates: number;
  /** Of the years shifted by one, how many are not put right; of the right ones, how many are changed. */
  unrepaired: number;
  spoilt: number;
}

/**
 * What knowing everything but one date's own year would give: every written year in turn is shifted back, left, and
 * shifted on, while all other dates of the text have the years that they mean. What is wrong then, no better guess at
 * the other dates can mend; only knowing what the words about it say could.
 */
export function boundOf(documents: readonly HistoryDocument[]): { readonly day: Bound; readonly month: Bound } {
  const bounds = {
    day: { dates: 0, unrepaired: 0, spoilt: 0 },
    month: { dates: 0, unrepaired: 0, spoilt: 0 },
  };
  for (const document of documents) {
    const story = told(document);
    for (const [i, { scene, meant }] of story.entries()) {
      if (meant === null || scene.year !== meant || scene.month === null || scene.soft || scene.chapter) continue;
      const bound = scene.day === null ? bounds.month : bounds.day;
      bound.dates += 1;
      if (readAs(story, i, meant) !== meant) bound.spoilt += 1;
      for (const shift of [-1, 1]) if (readAs(story, i, meant + shift) !== meant) bound.unrepaired += 0.5;
    }
  }
  return bounds;
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) {
  const documents = argv[2] === undefined ? null : await loadHistories(argv[2]);
  if (documents === null) {
    console.error('bounds: give the data folder with the histories, as in: npx tsx bench/dates/bounds.ts <folder>');
    process.exitCode = 2;
  } else {
    for (const [name, { dates, unrepaired, spoilt }] of Object.entries(boundOf(documents.slice(0, DEVELOPED_ON)))) {
      const wrong = RATE * unrepaired + (1 - RATE) * spoilt;
      console.log(
        `${name}s with a year: ${dates}; a shifted year not found ${(unrepaired / dates).toFixed(2)}, a right one changed ${(spoilt / dates).toFixed(2)}; wrong with one in ten shifted: ${wrong.toFixed(1)}`,
      );
    }
  }
}
