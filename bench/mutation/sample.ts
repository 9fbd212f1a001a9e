import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Instrumenter } from '@stryker-mutator/instrumenter';

/** A top-level statement (a function, a class, a constant) and how many mutants it has. Lines are 1-based. */
interface Statement {
  readonly file: string;
  readonly heading: string;
  readonly lines: string;
  readonly mutants: number;
}

/** As much of a Babel path as is needed to recognise a top-level statement. */
interface Path {
  readonly parent?: { readonly type: string };
  readonly node: { readonly loc?: { readonly start: { line: number }; readonly end: { line: number } } | null };
}

const off = () => false;
const silent = () => undefined;
const SILENT = {
  isTraceEnabled: off,
  isDebugEnabled: off,
  isInfoEnabled: off,
  isWarnEnabled: off,
  isErrorEnabled: off,
  isFatalEnabled: off,
  trace: silent,
  debug: silent,
  info: silent,
  warn: silent,
  error: silent,
  fatal: silent,
};

/**
 * A fixed choice of whole top-level statements that hold at least `size` mutants together, as `file:first-last`.
 * Each statement is drawn by a hash of the seed, its file and its first line: an edit elsewhere does not change the
 * choice. Fewer mutants than `size` give every statement.
 */
export async function sample(files: readonly string[], size: number, seed: string): Promise<string[]> {
  const all = (await Promise.all(files.map(statements))).flat();
  const draw = ({ file, heading }: Statement) =>
    createHash('sha256').update(`${seed} ${file} ${heading}`).digest('hex');
  const drawn = all.map((statement) => ({ statement, order: draw(statement) }));
  drawn.sort((a, b) => (a.order < b.order ? -1 : 1));
  const chosen: string[] = [];
  let mutants = 0;
  for (const { statement } of drawn) {
    if (mutants >= size) break;
    chosen.push(`${statement.file}:${statement.lines}`);
    mutants += statement.mutants;
  }
  return chosen;
}

async function statements(file: string): Promise<Statement[]> {
  const content = readFileSync(file, 'utf8');
  const lines = content.split('\n');
  // The reason for which a mutant is ignored names the statement that it is in.
  const ignorer = {
    shouldIgnore({ parent, node: { loc } }: Path): string | undefined {
      return parent?.type === 'Program' && loc ? `${loc.start.line}-${loc.end.line}` : undefined;
    },
  };
  const options = { plugins: null, excludedMutations: [], ignorers: [ignorer] };
  const { mutants } = await new Instrumenter(SILENT).instrument([{ name: file, content, mutate: true }], options);
  const counts = new Map<string, number>();
  for (const { statusReason = '' } of mutants) counts.set(statusReason, (counts.get(statusReason) ?? 0) + 1);
  return [...counts].map(([range, count]) => ({
    file,
    heading: lines[Number.parseInt(range, 10) - 1] ?? '',
    lines: range,
    mutants: count,
  }));
}
