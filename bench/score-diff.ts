import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { argv, stdout } from 'node:process';
import { pathToFileURL } from 'node:url';
import { tenEvents } from './diff/events.ts';
import { mixed, newScore, OPERATIONS, run, type Score, single } from './diff/generated.ts';
import { HISTORIES, replayHistory } from './diff/histories.ts';

const SINGLE_SCRIPTS = 60;
const MIXED_SCRIPTS = 300;
const IDENTITY_SCRIPTS = 200;
const SHOWN_MISSES = 5;

/**
 * Scores the comparison of revisions: ten everyday events, the real histories in the data folder, and generated edit
 * scripts with known truth. Gives the lines of the scoreboard; says what it could not find.
 */
export async function scoreDiff(dataFolder: string): Promise<string[]> {
  return [
    ...scoreEvents(),
    ...(await scoreHistories(join(dataFolder, 'histories'))),
    ...(await scoreGenerated(join(dataFolder, 'wikiwars-dev.jsonl'))),
  ];
}

function scoreEvents(): string[] {
  const rows = tenEvents(2022);
  const right = rows.filter(({ wanted, got }) => wanted === got).length;
  return [
    `Everyday events of a chronicle of 400 paragraphs: ${right} of ${rows.length} as wanted`,
    ...rows.map(({ event, wanted, got }) => {
      const mark = wanted === got ? 'ok  ' : 'MISS';
      return `  ${mark} ${event.padEnd(26)} ${got}${wanted === got ? '' : `   (wanted: ${wanted})`}`;
    }),
  ];
}

async function scoreHistories(folder: string): Promise<string[]> {
  const lines = ['Histories'];
  for (const name of HISTORIES) {
    const score = await replayHistory(join(folder, name)).catch(ignoreMissing);
    if (score === null) {
      lines.push(`  ${name}: not found in this folder`);
      continue;
    }
    const again = await replayHistory(join(folder, name));
    const same = score.lines.join('\n') === again.lines.join('\n');
    const kinds = [...score.kinds].map(([kind, count]) => `${count} ${kind}`).join(', ');
    lines.push(
      `  ${name}: ${score.captures} captures, ${score.revisions} revisions; ${score.broken} not reproduced by their ` +
        `changes, ${score.doubled} with an id twice, ${score.noisy} of ${score.unchanged} unchanged captures made ` +
        `changes of text, second replay ${same ? 'the same bytes' : 'DIFFERENT'}`,
      `    ${kinds}`,
    );
  }
  return lines;
}

async function scoreGenerated(file: string): Promise<string[]> {
  const real = await realParagraphs(file);
  return [
    `Generated edit scripts${real.length > 0 ? `, with ${real.length} real paragraphs among them` : ''}`,
    ...show('one operation', singles(real)),
    ...show('three to ten operations amid noise', mixes(real)),
    ...[0.5, 0.4].map((keep) => {
      const { kept, of } = identities(real, keep);
      return `  edits that keep ${keep * 100} % of the words: identity ${percent(kept, of)}`;
    }),
  ];
}

function singles(real: readonly string[]): Score {
  const score = newScore();
  for (const operation of OPERATIONS) {
    for (let n = 0; n < SINGLE_SCRIPTS; n++) {
      const seed = n * 7919 + operation.length * 31 + 1;
      run(single(seed, operation, 0.6 + (n % 38) / 100, real), score, `${operation} ${n}`);
    }
  }
  return score;
}

function mixes(real: readonly string[]): Score {
  const score = newScore();
  for (let n = 0; n < MIXED_SCRIPTS; n++) run(mixed(n * 104_729 + 5, real), score, `mixed ${n}`);
  return score;
}

/** Edits that keep a share of their words, in place and moved: how many kept their identity. */
function identities(real: readonly string[], keep: number): { readonly kept: number; readonly of: number } {
  const score = newScore();
  for (let n = 0; n < IDENTITY_SCRIPTS; n++) {
    run(single(n * 31_337 + 11, 'edited', keep, real), score, `kept ${keep} ${n}`);
    run(single(n * 31_337 + 12, 'edited and moved', keep, real), score, `kept ${keep}, moved ${n}`);
  }
  const { half, halfKept, less, lessKept } = score.identity;
  return { kept: halfKept + lessKept, of: half + less };
}

/**
 * The board as numbers: everyday events as wanted, changes of the generated scripts right, announced and due, identities
 * kept, and of each real history the changes by kind with what must be 0.
 */
export async function figures(dataFolder: string): Promise<Record<string, number>> {
  const real = await realParagraphs(join(dataFolder, 'wikiwars-dev.jsonl'));
  const named: Record<string, number> = {
    events: tenEvents(2022).filter(({ wanted, got }) => wanted === got).length,
  };
  for (const [name, score] of [
    ['single', singles(real)],
    ['mixed', mixes(real)],
  ] as const) {
    const { right, announced, due } = totals(score);
    Object.assign(named, { [`${name} right`]: right, [`${name} announced`]: announced, [`${name} due`]: due });
    Object.assign(named, { [`${name} torn`]: score.falsePairs, [`${name} broken`]: score.broken });
  }
  for (const keep of [0.5, 0.4]) named[`identity ${keep}`] = identities(real, keep).kept;
  for (const history of HISTORIES) {
    const score = await replayHistory(join(dataFolder, 'histories', history)).catch(ignoreMissing);
    if (score === null) continue;
    named[`${history} faults`] = score.broken + score.doubled + score.noisy;
    for (const [kind, count] of score.kinds) named[`${history} ${kind}`] = count;
  }
  return named;
}

function ignoreMissing(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
  throw error;
}

async function realParagraphs(file: string): Promise<string[]> {
  const documents = await readFile(file, 'utf8').catch(ignoreMissing);
  return (documents?.trim().split('\n') ?? [])
    .flatMap((line): string[] => JSON.parse(line).paragraphs.map((own: { text: string }) => own.text))
    .map((text) => text.replace(/\s+/gu, ' ').trim())
    .filter((text) => text.split(' ').length > 8);
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(2)} % of ${whole}`;
}

interface Totals {
  readonly right: number;
  readonly announced: number;
  readonly due: number;
}

function totals(score: Score): Totals {
  const all = { right: 0, announced: 0, due: 0 };
  for (const { right, announced, due } of score.kinds.values()) {
    all.right += right;
    all.announced += announced;
    all.due += due;
  }
  return all;
}

function show(title: string, score: Score): string[] {
  const all = totals(score);
  const rows = [...score.kinds].map(([kind, { right, announced, due }]) => {
    return `    ${kind.padEnd(10)} precision ${percent(right, announced).padEnd(18)} recall ${percent(right, due)}`;
  });
  const { half, halfKept } = score.identity;
  return [
    `  ${title}: precision ${percent(all.right, all.announced)}, recall ${percent(all.right, all.due)}`,
    ...rows,
    `    identity of edited paragraphs ${percent(halfKept, half)}; edits torn apart ${score.falsePairs} of ${score.edits}; ` +
      `scripts not reproduced ${score.broken}`,
    ...score.misses.slice(0, SHOWN_MISSES).map((miss) => `    miss: ${miss.slice(0, 200)}`),
  ];
}

const script = argv[1];
if (script !== undefined && import.meta.url === pathToFileURL(script).href) {
  const folder = argv[2] ?? 'data';
  stdout.write(`${(await scoreDiff(folder)).join('\n')}\n`);
}
