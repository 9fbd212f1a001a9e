import { daysInMonth } from './calendar.ts';
import { type StoryCosts, storyCosts } from './storyCosts.ts';

/**
 * Years for prose that tells history without a page period of its own. One beam search over the whole text finds the
 * years that make the most orderly story: it goes forward in small steps, sometimes digresses to another time and comes
 * back, and now and then has a mistyped year. A rule that looks at one neighbour alone drags a whole page along when
 * that neighbour is a digression; a search weighs what comes after too.
 */

/** A date of the text as the search sees it. */
export interface Scene {
  /** As written; null where the text gives none. */
  readonly year: number | null;
  /** Null for a bare year. */
  readonly month: number | null;
  /** Null for anything but a day. */
  readonly day: number | null;
  /** The month that a span ends in, else the date's own: "October to March" runs into the next year. */
  readonly lastMonth: number | null;
  /** What lies between the scene before and this one. */
  readonly after: 'words' | 'sentence' | 'block';
  /** A heading's date opens a chapter: nothing before it binds. */
  readonly chapter: boolean;
  /** The words before it set it apart from the story's course: "since", "until", a bracket. */
  readonly aside: boolean;
  /** A year that only qualifies a noun: the story may or may not be there. */
  readonly soft: boolean;
  /** "the previous April" lies before the story's time. */
  readonly backwards: boolean;
}

/** A month of the story as one number, year * 13 + month, where month 0 is a year without a month. */
type Position = number;

const position = (year: number, month: number): Position => year * 13 + month;
const yearOf = (at: Position): number => Math.floor(at / 13);
const monthOf = (at: Position): number => at - Math.floor(at / 13) * 13;

interface Choice {
  readonly year: number;
  readonly before: Choice | null;
}

interface Path {
  cost: number;
  at: Position;
  /** Where the main story stood when the path left it; null on the main story. */
  left: Position | null;
  choice: Choice | null;
}

const WIDTH = 10;

/** Cost of going from one position to a written date. */
function toWritten(from: Position, year: number, month: number, c: StoryCosts): number {
  const [years, fromMonth] = [year - yearOf(from), monthOf(from)];
  if (years === 0 && (fromMonth === 0 || month === 0)) return 0;
  const months = years * 12 + (fromMonth === 0 || month === 0 ? 0 : month - fromMonth);
  return Math.min(c.jump, months >= 0 ? months * c.writtenForward : c.turn - months * c.writtenBackward);
}

/** Cost of going to a date whose year the writer thought plain: near, and ahead rather than behind. */
function toUnwritten(from: Position, year: number, month: number, c: StoryCosts): number {
  const [years, fromMonth] = [year - yearOf(from), monthOf(from)];
  if (fromMonth === 0) return years === 0 ? 0 : years > 0 ? years * c.yearOn : -years * c.yearBack;
  const months = years * 12 + month - fromMonth;
  if (months < 0) return c.turn - months * c.backward;
  return months * c.forward + Math.max(0, months - 11) * c.beyond;
}

class Search {
  readonly #c: StoryCosts;
  #paths: Path[];
  #next: Path[] = [];

  constructor(first: number, costs: StoryCosts) {
    this.#c = costs;
    this.#paths = [{ cost: 0, at: position(first, 0), left: null, choice: null }];
  }

  /** Keeps the best paths, one for each place, in order of cost. */
  #offer(cost: number, at: Position, left: Position | null, year: number, from: Path): void {
    const paths = this.#next;
    const worst = paths.length === WIDTH ? paths[WIDTH - 1] : undefined;
    if (worst !== undefined && worst.cost <= cost) return;
    let twin = -1;
    for (let i = 0; i < paths.length; i++) {
      const other = paths[i];
      if (other === undefined || other.at !== at || other.left !== left) continue;
      if (other.cost <= cost) return;
      twin = i;
      break;
    }
    let hole = twin === -1 ? (paths.length < WIDTH ? paths.length : WIDTH - 1) : twin;
    for (; hole > 0; hole--) {
      const dearer = paths[hole - 1];
      if (dearer === undefined || dearer.cost <= cost) break;
      paths[hole] = dearer;
    }
    paths[hole] = { cost, at, left, choice: { year, before: from.choice } };
  }

  take(scene: Scene): void {
    this.#next = [];
    for (const path of this.#paths) {
      if (scene.year !== null) this.#written(path, scene, scene.year);
      else this.#unwritten(path, scene, scene.month ?? 1);
    }
    this.#paths = this.#next;
  }

  #written(path: Path, scene: Scene, year: number): void {
    const c = this.#c;
    const month = scene.month ?? 0;
    const over = scene.lastMonth !== null && scene.lastMonth < month ? 1 : 0;
    const end = position(year + over, scene.lastMonth ?? 0);
    const reached = yearOf(path.at);
    if (scene.chapter) {
      this.#offer(path.cost, end, null, year, path);
      this.#offer(path.cost + c.ignoreChapter, path.at, path.left, year, path);
      for (const meant of [year - 1, year + 1])
        this.#offer(path.cost + c.typo, end + (meant - year) * 13, null, meant, path);
      return;
    }
    if (scene.soft) {
      this.#offer(path.cost, path.at, path.left, year, path);
      if (year !== reached) this.#offer(path.cost + c.soft, end, path.at, year, path);
      return;
    }
    const direct = toWritten(path.at, year, month, c);
    // A bare year within the year reached says nothing of the month.
    const at = month === 0 && year === reached ? path.at : end;
    const left = direct >= c.jump ? path.at : path.left;
    this.#offer(path.cost + direct, at, left, year, path);
    const apart = scene.aside
      ? c.aside
      : month === 0
        ? c.digressYear
        : scene.day === null
          ? c.digressMonth
          : c.digressDay;
    if (year !== reached) this.#offer(path.cost + apart, end, path.at, year, path);
    if (path.left !== null) {
      const back = toWritten(path.left, year, month, c) + this.#return(scene);
      this.#offer(path.cost + back, month === 0 && year === yearOf(path.left) ? path.left : end, null, year, path);
    }
    if (scene.aside) return;
    for (const meant of [year - 1, year + 1]) {
      const cost = path.cost + toWritten(path.at, meant, month, c) + c.typo;
      this.#offer(cost, end + (meant - year) * 13, path.left, meant, path);
    }
  }

  #unwritten(path: Path, scene: Scene, month: number): void {
    const stay = path.left === null ? 0 : this.#stay(scene);
    this.#follow(path, scene, month, path.at, stay, path.left);
    if (path.left !== null) this.#follow(path, scene, month, path.left, this.#return(scene), null);
    if (this.#next.length === 0) this.#offer(path.cost, path.at, path.left, yearOf(path.at), path);
  }

  /** The years in which a month without one may lie, seen from a position. */
  #follow(path: Path, scene: Scene, month: number, from: Position, extra: number, left: Position | null): void {
    const c = this.#c;
    const over = scene.lastMonth !== null && scene.lastMonth < month ? 1 : 0;
    const reached = yearOf(from);
    for (let year = reached - 1; year <= reached + 1; year++) {
      if (scene.day === 29 && month === 2 && daysInMonth(year, 2) < 29) continue;
      if (scene.backwards) {
        const behind = reached * 12 + (monthOf(from) || 12) - (year * 12 + month);
        if (behind > 0 && behind <= 12) this.#offer(path.cost + extra, path.at, path.left, year, path);
        continue;
      }
      const last = scene.lastMonth ?? month;
      let cost = toUnwritten(from, year, month, c);
      if (over === 1) cost = Math.min(cost, toUnwritten(from, year + 1, last, c));
      this.#offer(path.cost + cost + extra, position(year + over, last), left, year, path);
    }
  }

  /** Coming back from a digression: hard within its sentence, easy where a new paragraph begins. */
  #return({ after }: Scene): number {
    const c = this.#c;
    return after === 'words' ? c.returnInSentence : after === 'sentence' ? c.returnInBlock : c.returnLater;
  }

  /** Going on in a digression without a word of the year. */
  #stay({ after }: Scene): number {
    const c = this.#c;
    return after === 'words' ? 0 : after === 'sentence' ? c.stayInBlock : c.stayLater;
  }

  years(): number[] {
    const out: number[] = [];
    for (let choice = this.#paths[0]?.choice ?? null; choice !== null; choice = choice.before) out.push(choice.year);
    return out.reverse();
  }
}

/**
 * A year for every scene, in order; none where no scene names one. Linear in the number of scenes.
 */
export function yearsOfStory(scenes: readonly Scene[], costs: StoryCosts = storyCosts): number[] {
  const first = scenes.find((scene) => scene.year !== null)?.year ?? null;
  if (first === null) return [];
  const search = new Search(first, costs);
  for (const scene of scenes) search.take(scene);
  return search.years();
}
