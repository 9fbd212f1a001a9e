import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findMentions } from '#core/dates/index.ts';
import { differenceOf } from '#core/diff/substance/substance.ts';
import type { Substance } from '#core/diff/types.ts';

/** The labelled edits lie next to the board. Files `*.held.json` are held out: only their figures are printed. */
const GOLD = fileURLToPath(new URL('./substance/gold', import.meta.url));
const CLASSES: readonly Substance[] = ['cosmetic', 'wording', 'facts'];
const CONTEXT = { title: null, url: null, observedAt: '2024-06-15T12:00:00.000Z' };

/** A labelled edit of one paragraph. */
export interface LabelledEdit {
  readonly before: string;
  readonly after: string;
  readonly label: Substance;
  /** What the edit does: "typo", "number", "negation" … */
  readonly category: string;
}

interface Judged extends LabelledEdit {
  readonly got: Substance;
}

const HALVES = ['dev', 'held'] as const;

/** @returns precision and recall by class and half, and the facts and wordings that were called cosmetic. */
export async function figures(_folder: string): Promise<Record<string, number>> {
  const named: Record<string, number> = {};
  for (const half of HALVES) Object.assign(named, figuresOf(half, judge(await labelled(half))));
  return named;
}

/** The figures of one half of the labelled edits, under its name. */
export function figuresOf(half: string, edits: readonly Judged[]): Record<string, number> {
  const named: Record<string, number> = {};
  for (const name of edits.length === 0 ? [] : CLASSES) {
    const due = edits.filter(({ label }) => label === name);
    const got = edits.filter((edit) => edit.got === name);
    const right = due.filter((edit) => edit.got === name).length;
    named[`${half} ${name} precision`] = share(right, got.length);
    named[`${half} ${name} recall`] = share(right, due.length);
    if (name !== 'cosmetic') named[`${half} ${name} called cosmetic`] = due.filter((e) => e.got === 'cosmetic').length;
  }
  return named;
}

/** The board as lines: each half by class, then the shares right by category. */
export async function scoreSubstance(_folder: string): Promise<string[]> {
  const lines: string[] = [];
  for (const half of HALVES) {
    const edits = judge(await labelled(half));
    if (edits.length === 0) {
      lines.push(`${half}: no labelled edits in bench/substance/gold`);
      continue;
    }
    lines.push(`${half}: ${edits.length} labelled edits`);
    for (const [name, value] of Object.entries(figuresOf(half, edits))) {
      lines.push(`  ${name.padEnd(34)} ${Number.isInteger(value) ? value : value.toFixed(3)}`);
    }
    lines.push(`  right by category: ${byCategory(edits)}`);
  }
  return lines;
}

/** Judges each edit as the comparison does, with the dates that its texts mention. */
export function judge(edits: readonly LabelledEdit[]): Judged[] {
  const dated = (text: string) => ({ text, mentions: findMentions(text, CONTEXT) });
  return edits.map((edit) => ({ ...edit, got: differenceOf(dated(edit.before), dated(edit.after)).substance }));
}

async function labelled(half: (typeof HALVES)[number]): Promise<LabelledEdit[]> {
  const names = await readdir(GOLD).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  });
  const own = names.filter((name) => name.endsWith('.json') && name.endsWith('.held.json') === (half === 'held'));
  const files = await Promise.all(own.sort().map((name) => readFile(join(GOLD, name), 'utf8')));
  return files.flatMap((text) => JSON.parse(text) as LabelledEdit[]);
}

function byCategory(edits: readonly Judged[]): string {
  const groups = new Map<string, { right: number; of: number }>();
  for (const { category, label, got } of edits) {
    const group = groups.get(category) ?? { right: 0, of: 0 };
    groups.set(category, { right: group.right + (got === label ? 1 : 0), of: group.of + 1 });
  }
  return [...groups].map(([name, { right, of }]) => `${name} ${right}/${of}`).join(', ');
}

const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);
