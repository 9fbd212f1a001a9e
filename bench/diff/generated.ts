import { apply } from '#core/diff/apply.ts';
import { diff } from '#core/diff/index.ts';
import type { Change, ChangeKind } from '#core/diff/types.ts';
import { begin, read } from './fold.ts';
import type { PageOptions } from './page.ts';
import { Random } from './random.ts';
import { type Expected, type Operation, type Script, Scripter } from './scripts.ts';
import { Writer } from './text.ts';

export const OPERATIONS: readonly Operation[] = [
  'added',
  'edited',
  'edited and moved',
  'redated',
  'moved',
  'split',
  'merged',
  'removed',
  'restored',
  'reordered',
  'noise',
];

/** Right, announced and due changes of one kind. */
export interface Tally {
  right: number;
  announced: number;
  due: number;
}

export interface Score {
  readonly kinds: Map<ChangeKind, Tally>;
  /** Paragraphs that kept at least half of their words, and those that kept less, with those that kept their id. */
  readonly identity: { half: number; halfKept: number; less: number; lessKept: number };
  /** Edits that kept 60 % and were announced as removed or added. */
  falsePairs: number;
  edits: number;
  /** Scripts after which applying the changes did not give the page. */
  broken: number;
  readonly misses: string[];
}

export function newScore(): Score {
  const identity = { half: 0, halfKept: 0, less: 0, lessKept: 0 };
  return { kinds: new Map(), identity, falsePairs: 0, edits: 0, broken: 0, misses: [] };
}

export function pageOptions(random: Random, real: readonly string[]): PageOptions {
  return {
    paragraphs: random.int(12, 160),
    newestFirst: random.chance(0.5),
    bulletins: random.pick([0, 0.1, 0.3]),
    real: random.chance(0.5) ? real : [],
  };
}

/** A script of one operation. */
export function single(seed: number, operation: Operation, keep: number, real: readonly string[]): Script {
  const random = new Random(seed);
  const options = pageOptions(random, real);
  const scripter = new Scripter(random, new Writer(random), options, operation === 'restored' ? 2 : 0);
  scripter.run(operation, keep);
  return scripter.finish();
}

/** A script of three to ten operations of all kinds but reordering, amid noise. */
export function mixed(seed: number, real: readonly string[]): Script {
  const random = new Random(seed);
  const scripter = new Scripter(random, new Writer(random), pageOptions(random, real), 3);
  const kinds = OPERATIONS.filter((operation) => operation !== 'reordered');
  for (let left = random.int(3, 10); left > 0; left--) scripter.run(random.pick(kinds), 0.6 + random.next() * 0.38);
  return scripter.finish();
}

/** Runs a script through the real comparison and adds what came of it to the score. */
export function run(script: Script, score: Score, label: string): void {
  let state = begin(script.older, 'page');
  state = read(state, script.before, 'page').state;
  const before = state.paragraphs;
  const result = diff(before, script.after, state, 'page');
  const applied = apply(before, result.changes);
  const wanted = result.paragraphs.map(({ id, text }) => ({ id, text }));
  if (JSON.stringify(applied) !== JSON.stringify(wanted)) score.broken++;
  tally(script.expected, result.changes, score, label, script);
  for (const { before: i, after: j, kept } of script.survivors) {
    const known = before[i]?.id === result.paragraphs[j]?.id;
    if (kept === 1) {
      if (!known) score.misses.push(`${label}: an unchanged paragraph lost its identity`);
      continue;
    }
    if (kept >= 0.5) {
      score.identity.half++;
      if (known) score.identity.halfKept++;
    } else {
      score.identity.less++;
      if (known) score.identity.lessKept++;
    }
    if (kept < 0.6) continue;
    score.edits++;
    const torn = result.changes.some(
      ({ kind, before: from, after: to }) =>
        (kind === 'removed' && from[0]?.at === i) || (kind === 'added' && to[0]?.at === j),
    );
    if (torn) score.falsePairs++;
  }
}

function tally(
  expected: readonly Expected[],
  announced: readonly Change[],
  score: Score,
  label: string,
  script: Script,
): void {
  const name = (kind: string, before: readonly number[], after: readonly number[]): string =>
    kind === 'reordered' ? kind : `${kind} ${before.join(',')}>${after.join(',')}`;
  const of = (kind: ChangeKind): Tally => {
    const known = score.kinds.get(kind) ?? { right: 0, announced: 0, due: 0 };
    score.kinds.set(kind, known);
    return known;
  };
  const due = new Map(expected.map((change) => [name(change.kind, change.before, change.after), change.kind]));
  for (const kind of due.values()) of(kind).due++;
  const extra: string[] = [];
  for (const change of announced) {
    const key = name(
      change.kind,
      change.before.map(({ at }) => at),
      change.after.map(({ at }) => at),
    );
    of(change.kind).announced++;
    if (due.delete(key)) of(change.kind).right++;
    else extra.push(key);
  }
  if (due.size === 0 && extra.length === 0) return;
  score.misses.push(
    `${label} (${script.before.length}): due ${[...due.keys()].join(' | ')}; announced ${extra.join(' | ')}`,
  );
}
