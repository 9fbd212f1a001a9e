import type { StoryCosts } from './costs.ts';
import type { Scene } from './scene.ts';

/** A month of the story as one number, year * 13 + month, where month 0 is a year without a month. */
export type Position = number;

export const positionOf = (year: number, month: number): Position => year * 13 + month;
export const yearAt = (at: Position): number => Math.floor(at / 13);
export const monthAt = (at: Position): number => at - Math.floor(at / 13) * 13;

/** log(1 + months) for the steps that chronicles take; it is asked for millions of times. */
const LOGARITHMS = Float64Array.from({ length: 1200 }, (_, months) => Math.log1p(months));
const logarithm = (months: number): number => LOGARITHMS[months] ?? Math.log1p(months);

/** Cost of going from one position to a written date: short steps are usual, and long ones ever less unlike each other. */
export function toWritten(from: Position, year: number, scene: Scene, c: StoryCosts): number {
  const month = scene.month ?? scene.about ?? 0;
  const [years, fromMonth] = [year - yearAt(from), monthAt(from)];
  if (years === 0 && (fromMonth === 0 || month === 0)) return 0;
  const months = years * 12 + (fromMonth === 0 || month === 0 ? 0 : month - fromMonth);
  const step =
    months >= 0
      ? c.writtenForward * logarithm(months) * (scene.cue === 1 ? c.cued : 1)
      : (c.writtenTurn + c.writtenBackward * logarithm(-months)) * (scene.cue === -1 ? c.cued : 1);
  return Math.min(c.jump, step * (scene.after === 'words' ? c.inSentence : scene.after === 'block' ? c.inNewBlock : 1));
}

/** Cost of going to a date whose year the writer thought plain: near, and ahead rather than behind. */
export function toUnwritten(from: Position, year: number, month: number, c: StoryCosts): number {
  const [years, fromMonth] = [year - yearAt(from), monthAt(from)];
  if (fromMonth === 0) return years === 0 ? 0 : years > 0 ? years * c.yearOn : -years * c.yearBack;
  const months = years * 12 + month - fromMonth;
  if (months < 0) return c.turn - months * c.backward;
  return months * c.forward + Math.max(0, months - 11) * c.beyond;
}

/** Cost of a heading's year, after the year reached. */
export function toChapter(from: Position, year: number, c: StoryCosts): number {
  const years = year - yearAt(from);
  return years < 0 ? c.chapterBack * logarithm(-years) : c.chapterOn * logarithm(years);
}

/** Coming back from a digression: hard within its sentence, easy where a new paragraph begins. */
export function toReturn({ after }: Scene, c: StoryCosts): number {
  return after === 'words' ? c.returnInSentence : after === 'sentence' ? c.returnInBlock : c.returnLater;
}

/** Going on in a digression without a word of the year. */
export function toStay({ after }: Scene, c: StoryCosts): number {
  return after === 'words' ? 0 : after === 'sentence' ? c.stayInBlock : c.stayLater;
}
