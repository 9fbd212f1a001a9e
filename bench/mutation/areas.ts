export interface Area {
  readonly name: string;
  /** Folder whose files are mutated. */
  readonly source: string;
  /** Folder whose tests must notice. */
  readonly tests: string;
  /** Whether a score under the floor fails the run; otherwise the score is only printed. */
  readonly held: boolean;
}

export const AREAS: readonly Area[] = [
  { name: 'alerts', source: 'src/core/alerts', tests: 'test/core/alerts', held: true },
  { name: 'history', source: 'src/core/history', tests: 'test/core/history', held: true },
  { name: 'notify', source: 'src/app/notify', tests: 'test/app/notify', held: true },
  { name: 'bulletins', source: 'src/app/bulletins', tests: 'test/app/bulletins', held: true },
  { name: 'dates', source: 'src/core/dates', tests: 'test/core/dates', held: false },
  { name: 'diff', source: 'src/core/diff', tests: 'test/core/diff', held: false },
];
