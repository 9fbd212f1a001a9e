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
    try {
      const score = await replayHistory(join(folder, name));
      const again = await replayHistory(join(folder, name));
      const same = score.lines.join('\n') === again.lines.join('\n');
      const kinds = [...score.kinds].map(([kind, count]) => `${count} ${kind}`).join(', ');
      lines.push(
        `  ${name}: ${score.captures} captures, ${score.revisions} revisions; ${score.broken} not reproduced by their ` +
          `changes, ${score.doubled} with an id twice, ${score.noisy} of ${score.unchanged} unchanged captures made ` +
          `changes of text, second replay ${same ? 'the same bytes' : 'DIFFERENT'}`,
        `    ${kinds}`,
      );
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
      lines.push(`  ${name}: not found in this folder`);
    }
  }
  return lines;
}

async function scoreGenerated(file: string): Promise<string[]> {
  const real = await realParagraphs(file);
  const lines = [`Generated edit scripts${real.length > 0 ? `, with ${real.length} real paragraphs among them` : ''}`];
  const singles = newScore();
  for (const operation of OPERATIONS) {
    for (let n = 0; n < SINGLE_SCRIPTS; n++) {
      const seed = n * 7919 + operation.length * 31 + 1;
      run(single(seed, operation, 0.6 + (n % 38) / 100, real), singles, `${operation} ${n}`);
    }
  }
  lines.push(...show('one operation', singles));
  const mix = newScore();
  for (let n = 0; n < MIXED_SCRIPTS; n++) run(mixed(n * 104_729 + 5, real), mix, `mixed ${n}`);
  lines.push(...show('three to ten operations amid noise', mix));
  for (const keep of [0.5, 0.4]) {
    const score = newScore();
    for (let n = 0; n < IDENTITY_SCRIPTS; n++) {
      run(single(n * 31_337 + 11, 'edited', keep, real), score, `kept ${keep} ${n}`);
      run(single(n * 31_337 + 12, 'edited and moved', keep, real), score, `kept ${keep}, moved ${n}`);
    }
    const { half, halfKept, less, lessKept } = score.identity;
    lines.push(`  edits that keep ${keep * 100} % of the words: identity ${percent(halfKept + lessKept, half + less)}`);
  }
  return lines;
}

async function realParagraphs(file: string): Promise<string[]> {
  try {
    const documents = (await readFile(file, 'utf8')).trim().split('\n');
    return documents
      .flatMap((line): string[] => JSON.parse(line).paragraphs.map((own: { text: string }) => own.text))
      .map((text) => text.replace(/\s+/gu, ' ').trim())
      .filter((text) => text.split(' ').length > 8);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(2)} % of ${whole}`;
}

function show(title: string, score: Score): string[] {
  const all = { right: 0, told: 0, due: 0 };
  const rows = [...score.kinds].map(([kind, { right, told, due }]) => {
    all.right += right;
    all.told += told;
    all.due += due;
    return `    ${kind.padEnd(10)} precision ${percent(right, told).padEnd(18)} recall ${percent(right, due)}`;
  });
  const { half, halfKept } = score.identity;
  return [
    `  ${title}: precision ${percent(all.right, all.told)}, recall ${percent(all.right, all.due)}`,
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
