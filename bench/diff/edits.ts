import type { Random } from './random.ts';
import type { Writer } from './text.ts';

/** An edited text and the share of the old words that it kept. */
export interface Edited {
  readonly text: string;
  readonly kept: number;
}

/**
 * Edits a text so that about `keep` of its words stay, in the ways people do: words replaced here and there, a stretch
 * rewritten, words dropped, words put in.
 */
export function edited(text: string, keep: number, random: Random, writer: Writer): Edited {
  const words = text.split(' ');
  const changes = Math.max(1, Math.round(words.length * (1 - keep)));
  const way = random.next();
  if (way < 0.5) {
    const at = new Set(random.shuffled(words.map((_, index) => index)).slice(0, changes));
    return result(
      words,
      words.map((word, index) => (at.has(index) ? fresh(word, writer) : word)),
      changes,
    );
  }
  const start = random.int(0, words.length - changes);
  const stretch = words.slice(start, start + changes);
  if (way < 0.75) {
    const rewritten = stretch.map((word) => fresh(word, writer));
    return result(words, [...words.slice(0, start), ...rewritten, ...words.slice(start + changes)], changes);
  }
  if (way < 0.9 && changes < words.length) {
    return result(words, [...words.slice(0, start), ...words.slice(start + changes)], changes);
  }
  const put = Array.from({ length: random.int(1, 5) }, () => writer.word());
  const rewritten = stretch.map((word) => fresh(word, writer));
  return result(words, [...words.slice(0, start), ...put, ...rewritten, ...words.slice(start + changes)], changes);
}

function fresh(word: string, writer: Writer): string {
  for (;;) {
    const other = writer.word();
    if (other !== word) return other;
  }
}

function result(before: readonly string[], after: readonly string[], changed: number): Edited {
  return { text: after.join(' '), kept: (before.length - changed) / before.length };
}

/** Words that a part has at least where sentences are cut. */
const LEAST_WORDS = 4;

/** Parts of a text, cut between sentences where it has enough of them, else between words. */
export function parts(text: string, count: number, random: Random): string[] {
  const sentences = text.split(/(?<=\.) (?=[A-Z])/u);
  const units = sentences.length >= count ? sentences : text.split(' ');
  const least = units === sentences ? 1 : LEAST_WORDS;
  const places = Array.from({ length: Math.floor(units.length / least) - 1 }, (_, index) => (index + 1) * least);
  if (places.length < count - 1) return [text];
  const cuts = random.shuffled(places).slice(0, count - 1);
  cuts.sort((a, b) => a - b);
  return [0, ...cuts].map((from, index) => units.slice(from, cuts[index]).join(' '));
}

/** The same text as another editor's typography writes it: no change to a reader. */
export function noisy(text: string, random: Random): string {
  const ways: ((text: string) => string)[] = [
    (plain) => plain.replace(/ /gu, (space) => (random.chance(0.2) ? '\u00A0' : space)),
    (plain) => plain.replace(/ /gu, (space) => (random.chance(0.1) ? '\u2009' : space)),
    (plain) => plain.replaceAll("'", '\u2019').replaceAll('"', '\u201D').replaceAll('-', '\u2010'),
    (plain) => plain.replaceAll('fi', '\uFB01'),
    (plain) => `  ${plain.replaceAll('. ', '.  ')} `,
  ];
  return random.pick(ways)(text);
}
