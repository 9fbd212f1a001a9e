import type { PageOutline } from '../page/outline.ts';
import type { HealthReason } from './types.ts';

/** What a signature looks at: the page's shape and the answer's headers (lower-case names). The shape may be read late. */
export interface Evidence {
  readonly shape: PageOutline;
  readonly headers: Readonly<Record<string, string>>;
}

export type Clue = (evidence: Evidence) => boolean;

/**
 * How one vendor's or server's page is known, strongest first.
 *
 * - `header`: the answer says itself that it is a challenge or a denial: believed whatever the body.
 * - `mark`: by markup that only such a page carries: believed unless the page holds an article or is too large for one.
 * - `words`: by what it says: believed only on a small page that holds no article, for articles quote.
 */
export interface Signature {
  readonly who: string;
  readonly reason: HealthReason;
  readonly by: 'header' | 'mark' | 'words';
  readonly clue: Clue;
}

/** Any of the strings stands in the tags, comments or scripts. */
export function markup(...needles: readonly string[]): Clue {
  return ({ shape }) => needles.some((needle) => shape.markup.includes(needle));
}

/** Any of the strings stands in the visible text or the title. */
export function says(...needles: readonly string[]): Clue {
  return ({ shape }) => needles.some((needle) => shape.text.includes(needle) || shape.title.includes(needle));
}

/** The title contains any of the strings. */
export function titled(...needles: readonly string[]): Clue {
  return ({ shape }) => needles.some((needle) => shape.title.includes(needle));
}

/** The title, or a heading, begins with any of the strings. */
export function headed(...needles: readonly string[]): Clue {
  return ({ shape }) =>
    needles.some(
      (needle) => shape.title.startsWith(needle) || shape.headings.some((heading) => heading.startsWith(needle)),
    );
}

/** The header is there, and has one of the values where any are given. */
export function header(name: string, ...values: readonly string[]): Clue {
  return ({ headers }) => {
    const value = headers[name]?.toLowerCase();
    return value !== undefined && (values.length === 0 || values.some((wanted) => value.includes(wanted)));
  };
}

/** The page has at most so many characters of visible text. */
export function small(characters: number): Clue {
  return ({ shape }) => shape.text.length <= characters;
}

export function all(...clues: readonly Clue[]): Clue {
  return (evidence) => clues.every((clue) => clue(evidence));
}

export function any(...clues: readonly Clue[]): Clue {
  return (evidence) => clues.some((clue) => clue(evidence));
}
