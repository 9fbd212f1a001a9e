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

/** A month of the story; month 0 is a year without a month. */
interface Position {
  readonly year: number;
  readonly month: number;
}

interface Choice {
  readonly year: number;
  readonly before: Choice | null;
}

interface Path {
  readonly cost: number;
  readonly at: Position;
  /** Where the main story stood when the path left it; null on the main story. */
  readonly left: Position | null;
  readonly choice: Choice | null;
}

const WIDTH = 8;

/** Cost of going from one position to a written date. */
function toWritten(from: Position, year: number, month: number, c: StoryCosts): number {
  const years = year - from.year;
  if (from.month === 0 || month === 0) {
    if (years === 0) return 0;
    return Math.min(c.jump, years > 0 ? years * 12 * c.writtenForward : c.turn - years * 12 * c.writtenBackward);
  }
  const months = years * 12 + month - from.month;
  return Math.min(c.jump, months >= 0 ? months * c.writtenForward : c.turn - months * c.writtenBackward);
}

/** Cost of going to a date whose year the writer thought plain: near, and ahead rather than behind. */
function toUnwritten(from: Position, year: number, month: number, c: StoryCosts): number {
  const years = year - from.year;
  if (from.month === 0) return years === 0 ? 0 : years > 0 ? years * c.yearOn : -years * c.yearBack;
  const months = years * 12 + month - from.month;
  if (months < 0) return c.turn - months * c.backward;
  return months * c.forward + Math.max(0, months - 11) * c.beyond;
}

class Search {
  readonly #c: StoryCosts;
  #paths: Path[];
  #next: Path[] = [];

  constructor(first: number, costs: StoryCosts) {
    this.#c = costs;
    this.#paths = [{ cost: 0, at: { year: first, month: 0 }, left: null, choice: null }];
  }

  /** Keeps the best paths, one for each place, in order of cost. */
  #offer(path: Path): void {
    const paths = this.#next;
    let place = paths.length;
    for (let i = 0; i < paths.length; i++) {
      const other = paths[i];
      if (other === undefined) continue;
      const same =
        other.at.year === path.at.year &&
        other.at.month === path.at.month &&
        other.left?.year === path.left?.year &&
        other.left?.month === path.left?.month;
      if (same) {
        if (other.cost <= path.cost) return;
        paths.splice(i, 1);
        i -= 1;
        if (place > i + 1) place -= 1;
      } else if (other.cost > path.cost && place > i) place = i;
    }
    if (place >= WIDTH) return;
    paths.splice(Math.min(place, paths.length), 0, path);
    if (paths.length > WIDTH) paths.pop();
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
    const over = scene.lastMonth !== null && scene.lastMonth < month;
    const end: Position = { year: over ? year + 1 : year, month: scene.lastMonth ?? 0 };
    const choice: Choice = { year, before: path.choice };
    if (scene.chapter) {
      this.#offer({ cost: path.cost, at: end, left: null, choice });
      return;
    }
    if (scene.soft) {
      this.#offer({ ...path, choice });
      if (year !== path.at.year) this.#offer({ cost: path.cost + c.soft, at: end, left: path.at, choice });
      return;
    }
    const direct = toWritten(path.at, year, month, c);
    // A bare year within the year reached says nothing of the month.
    const at = month === 0 && year === path.at.year ? path.at : end;
    this.#offer({ cost: path.cost + direct, at, left: direct >= c.jump ? path.at : path.left, choice });
    const apart = scene.aside ? c.aside : month === 0 ? c.digressYear : scene.day === null ? c.digressMonth : c.digressDay;
    if (year !== path.at.year) this.#offer({ cost: path.cost + apart, at: end, left: path.at, choice });
    if (path.left !== null) {
      const back = toWritten(path.left, year, month, c) + this.#return(scene);
      this.#offer({ cost: path.cost + back, at: month === 0 && year === path.left.year ? path.left : end, left: null, choice });
    }
    if (month === 0 || scene.aside) return;
    for (const meant of [year - 1, year + 1]) {
      const slip: Choice = { year: meant, before: path.choice };
      const cost = path.cost + toWritten(path.at, meant, month, c) + c.typo;
      this.#offer({ cost, at: { year: end.year + meant - year, month: end.month }, left: path.left, choice: slip });
    }
  }

  #unwritten(path: Path, scene: Scene, month: number): void {
    const c = this.#c;
    const over = scene.lastMonth !== null && scene.lastMonth < month;
    const leave = (from: Position, extra: number, left: Position | null): void => {
      for (let year = from.year - 1; year <= from.year + 1; year++) {
        if (scene.day === 29 && month === 2 && daysInMonth(year, 2) < 29) continue;
        const choice: Choice = { year, before: path.choice };
        if (scene.backwards) {
          const behind = from.year * 12 + (from.month || 12) - (year * 12 + month);
          if (behind > 0 && behind <= 12) this.#offer({ ...path, cost: path.cost + extra, choice });
          continue;
        }
        const end: Position = { year: over ? year + 1 : year, month: scene.lastMonth ?? month };
        let cost = toUnwritten(from, year, month, c);
        if (over) cost = Math.min(cost, toUnwritten(from, end.year, end.month, c));
        this.#offer({ cost: path.cost + cost + extra, at: end, left, choice });
      }
    };
    leave(path.at, path.left === null ? 0 : this.#stay(scene), path.left);
    if (path.left !== null) leave(path.left, this.#return(scene), null);
    if (this.#next.length === 0) {
      this.#next.push({ ...path, choice: { year: path.at.year, before: path.choice } });
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
