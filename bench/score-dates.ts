import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';
import { type HistoryDocument, loadHistories, loadSeed } from './dates/data.ts';
import { scoreHistories } from './dates/histories.ts';
import { scoreLabelled } from './dates/labelled.ts';
import { type Counts, type Figures, measures } from './dates/matching.ts';
import { type Harm, perturb } from './dates/perturb.ts';
import { scoreSeed } from './dates/seed.ts';
import { measureHostile, measureSpeed } from './dates/speed.ts';
import { chronoNode, daybook, type System } from './dates/systems.ts';

/** Documents that the rules were developed on; the rest were kept unread, and only their figures are printed. */
const DEVELOPED_ON = 10;
const SEEDS = [1, 2, 3, 4, 5, 6];
const SYSTEMS = [daybook, chronoNode(false), chronoNode(true)];

const three = (n: number): string => n.toFixed(3);

function row(name: string, counts: Counts): string {
  const f = measures(counts);
  return `    ${name.padEnd(40)} P ${three(f.precision)}  P* ${three(f.precisionWithoutNeutral)}  R ${three(f.recall)}  value F1 ${three(f.valueF1)}  (${counts.gold} gold)`;
}

function table(title: string, documents: readonly HistoryDocument[], systems: readonly System[]): string[] {
  const lines = [`  ${title}`];
  for (const system of systems) {
    const { day, month } = scoreHistories(documents, system);
    lines.push(row(`${system.name}: days`, day), row(`${system.name}: months`, month));
  }
  return lines;
}

function falls(documents: readonly HistoryDocument[], harm: Harm): string[] {
  const clean = scoreHistories(documents, daybook);
  const lines: string[] = [];
  for (const kind of ['day', 'month'] as const) {
    const before = measures(clean[kind]);
    const after = SEEDS.map((seed) => measures(scoreHistories(perturb(documents, seed, harm), daybook)[kind]));
    const mean = (pick: (f: (typeof after)[number]) => number): number =>
      after.reduce((sum, f) => sum + pick(f), 0) / after.length;
    const recall = mean((f) => f.recall);
    const value = mean((f) => f.valueF1);
    lines.push(
      `    ${`${kind}s`.padEnd(40)} R ${three(recall)} (falls ${three(before.recall - recall)})  value F1 ${three(value)} (falls ${three(before.valueF1 - value)})`,
    );
  }
  return lines;
}

function historiesBoard(documents: readonly HistoryDocument[]): string[] {
  const developed = documents.slice(0, DEVELOPED_ON);
  const held = documents.slice(DEVELOPED_ON);
  const texts = documents.map((d) => d.paragraphs.map((p) => p.text));
  const lines = ['', 'War histories (P* leaves out days found in expressions annotated as times of day)'];
  lines.push(...table(`all ${documents.length} documents`, documents, SYSTEMS));
  lines.push(...table(`developed on: 1-${DEVELOPED_ON}`, developed, [daybook]));
  if (held.length > 0) lines.push(...table(`held out: ${DEVELOPED_ON + 1}-${documents.length}`, held, [daybook]));
  for (const [name, harm] of [
    ['every month misspelt by one edit', { misspelt: true, shifted: 0 }],
    ['one year in ten a year off', { misspelt: false, shifted: 0.1 }],
    ['every month misspelt by one edit, one year in ten a year off', { misspelt: true, shifted: 0.1 }],
  ] as const) {
    lines.push(`  perturbed: ${name} (mean of ${SEEDS.length} seeds)`);
    lines.push('   developed on:', ...falls(developed, harm));
    if (held.length > 0)
      lines.push('   held out:', ...falls(held, harm), '   all documents:', ...falls(documents, harm));
  }
  lines.push('  speed, warm, in millions of characters a second');
  for (const [name, title] of [
    ['as prose history', null],
    ['as a page with a period', 'January 1944'],
  ] as const) {
    const speed = measureSpeed(texts, title);
    lines.push(
      `    ${name.padEnd(40)} daybook ${speed.daybook.toFixed(1)}  chrono-node casual ${speed.chronoNode.toFixed(1)}  ratio ${speed.ratio.toFixed(2)}`,
    );
  }
  return lines;
}

function hostileBoard(): string[] {
  const [small, large] = [measureHostile(100_000), measureHostile(400_000)];
  return [
    '',
    'Hostile input as one paragraph, milliseconds (100 KB, 400 KB)',
    ...small.map(
      ({ name, ms }, i) =>
        `    ${name.padEnd(40)} ${ms.toFixed(0).padStart(5)} ${(large[i]?.ms ?? 0).toFixed(0).padStart(6)}`,
    ),
  ];
}

/**
 * The scoreboard of dates as printable lines: the hand-labelled seed page, the annotated histories beside chrono-node on
 * the same inputs, what misspellings and mistyped years cost, speed, and hostile input. Says what the folder lacks.
 */
export async function scoreDates(dataFolder: string): Promise<string[]> {
  const lines: string[] = [];
  const seed = await loadSeed(dataFolder);
  if (seed === null) lines.push(`Seed page: not found (${dataFolder}/seed/putin-2022-01.gold.json)`);
  else {
    const s = scoreSeed(seed);
    lines.push(
      'Seed page',
      `    day mentions      ${s.rightDays} of ${s.dayMentions} right, ${s.spuriousDays} spurious, ${s.rightRoles} of ${s.dayMentions} roles`,
      `    paragraph dates   ${s.strict} of ${s.paragraphs} strict, ${s.lenient} of ${s.paragraphs} lenient`,
      `    other blocks      ${s.otherRight} of ${s.otherBlocks}`,
      ...s.wrong.map((wrong) => `      ${wrong}`),
    );
  }
  const histories = await loadHistories(dataFolder);
  if (histories === null) lines.push(`War histories: not found (${dataFolder}/wikiwars-dev.jsonl)`);
  else lines.push(...historiesBoard(histories));
  lines.push(...hostileBoard());
  return lines;
}

/**
 * The board as named numbers between 0 and 1 (counts for the seed page): the seed page, the histories by half, and the
 * histories with mistakes added. What the folder lacks has no figures.
 */
export async function figures(dataFolder: string): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  const seed = await loadSeed(dataFolder);
  if (seed !== null) {
    const { rightDays, spuriousDays, rightRoles, strict, otherRight } = scoreSeed(seed);
    Object.assign(found, {
      'seed days': rightDays,
      'seed spurious': spuriousDays,
      'seed roles': rightRoles,
      'seed dates': strict,
      'seed other': otherRight,
    });
  }
  const labelled = await scoreLabelled(dataFolder);
  if (labelled !== null) {
    const { day, month, roles, dates } = labelled;
    Object.assign(found, {
      'labelled days F1': measures(day).valueF1,
      'labelled months F1': measures(month).valueF1,
      'labelled roles': roles,
      'labelled dates': dates,
    });
  }
  const histories = (await loadHistories(dataFolder)) ?? [];
  const halves = { '1-10': histories.slice(0, DEVELOPED_ON), '11-16': histories.slice(DEVELOPED_ON) };
  for (const [half, documents] of Object.entries(halves)) {
    if (documents.length === 0) continue;
    for (const [harm, given] of harmed(documents)) {
      const scores = given.map((one) => scoreHistories(one, daybook));
      for (const kind of ['day', 'month'] as const) {
        const all = scores.map((score) => measures(score[kind]));
        const mean = (pick: (f: Figures) => number): number => all.reduce((sum, f) => sum + pick(f), 0) / all.length;
        const name = `${kind}s ${half}${harm}`;
        found[`${name} F1`] = mean((f) => f.valueF1);
        if (harm === '') found[`${name} P`] = mean((f) => f.precision);
        found[`${name} R`] = mean((f) => f.recall);
      }
    }
  }
  return found;
}

/** The documents as they are, and in the two harmed states, once for each of three seeds. */
function harmed(documents: readonly HistoryDocument[]): (readonly [string, readonly (readonly HistoryDocument[])[]])[] {
  const by = (harm: Harm): (readonly HistoryDocument[])[] =>
    SEEDS.slice(0, 3).map((seed) => perturb(documents, seed, harm));
  return [
    ['', [documents]],
    [' misspelt', by({ misspelt: true, shifted: 0 })],
    [' shifted', by({ misspelt: false, shifted: 0.1 })],
  ];
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) {
  const folder = argv[2];
  if (folder === undefined) {
    console.error('score-dates: give the data folder, as in: npx tsx bench/score-dates.ts <folder>');
    process.exitCode = 2;
  } else for (const line of await scoreDates(folder)) console.log(line);
}
