import { scoreDates } from './score-dates.ts';
import { scoreDiff } from './score-diff.ts';
import { scoreHealth } from './score-health.ts';
import { scorePage } from './score-page.ts';
import { scoreSubstance } from './score-substance.ts';

/** A scoreboard: how well one part of the core does on inputs with known answers. */
export interface Board {
  readonly title: string;
  /** The module that gives the board's `figures(folder)`: named numbers, for `--ablate`. Relative to this folder. */
  readonly module: string;
  /** The board as printable lines. Says what it does not find in the folder. */
  readonly lines: (folder: string) => Promise<string[]>;
}

export const BOARDS: Readonly<Record<string, Board>> = {
  page: { title: 'Extraction', module: 'score-page.ts', lines: scorePage },
  health: { title: 'Health', module: 'score-health.ts', lines: scoreHealth },
  dates: { title: 'Dates', module: 'score-dates.ts', lines: scoreDates },
  diff: { title: 'Changes', module: 'score-diff.ts', lines: scoreDiff },
  substance: { title: 'Substance of edits', module: 'score-substance.ts', lines: scoreSubstance },
};
