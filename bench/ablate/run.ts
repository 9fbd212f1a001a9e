import { execFile } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Board } from '../boards.ts';
import { buildBoard } from './build.ts';
import type { Piece } from './piece.ts';
import { PIECES } from './pieces/index.ts';

type Figures = Readonly<Record<string, number>>;

const run = promisify(execFile);
const FOLDER = 'node_modules/.cache/daybook-ablate';
/** Smaller movements are noise of rounding. */
const SMALLEST = 0.0005;

/** Lines, one a piece: which figures fall or rise when it is switched off. "nothing" means that it earns nothing here. */
export async function* ablate(name: string, board: Board, folder: string, only?: string): AsyncGenerator<string> {
  const pieces = (PIECES[name] ?? []).filter((piece) => only === undefined || piece.name.includes(only));
  const cache = join(process.cwd(), FOLDER, String(process.pid));
  await mkdir(cache, { recursive: true });
  try {
    const whole = await measure(board, null, folder, join(cache, 'whole.mjs'));
    yield `${pieces.length} pieces; the whole: ${describe(whole)}`;
    const atOnce = availableParallelism();
    for (let at = 0; at < pieces.length; at += atOnce) {
      const batch = pieces.slice(at, at + atOnce);
      yield* await Promise.all(
        batch.map(async (piece, n) => {
          const without = await measure(board, piece, folder, join(cache, `${at + n}.mjs`));
          return `  ${`without ${piece.name}:`.padEnd(44)} ${movements(whole, without)}`;
        }),
      );
    }
  } finally {
    await rm(cache, { recursive: true, force: true });
  }
}

async function measure({ module }: Board, piece: Piece | null, folder: string, outfile: string): Promise<Figures> {
  await buildBoard(module, piece, outfile);
  const { stdout } = await run(process.execPath, [outfile, folder], { maxBuffer: 1 << 24 });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}');
}

export function movements(whole: Figures, without: Figures): string {
  const moved = Object.keys({ ...whole, ...without }).flatMap((key) => {
    const by = (without[key] ?? 0) - (whole[key] ?? 0);
    return Math.abs(by) < SMALLEST ? [] : [`${key} ${by > 0 ? '+' : ''}${shown(by)}`];
  });
  return moved.length === 0 ? 'nothing' : moved.join(', ');
}

const shown = (n: number): string => (Number.isInteger(n) ? String(n) : n.toFixed(3));
const describe = (figures: Figures): string =>
  Object.entries(figures)
    .map(([key, value]) => `${key} ${shown(value)}`)
    .join(', ');
