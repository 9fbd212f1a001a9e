import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ablate } from './ablate/run.ts';
import { BOARDS } from './boards.ts';

/**
 * The scoreboards on real inputs with known answers: `npm run score -- <data folder> [--board NAME]`. With `--ablate` each
 * listed piece of the code is switched off in turn, and the figures that move are printed: what the piece is worth.
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { board: { type: 'string', multiple: true }, ablate: { type: 'boolean' }, piece: { type: 'string' } },
});
const folder = resolve(positionals[0] ?? 'data');
const names = values.board ?? Object.keys(BOARDS);
const unknown = names.find((name) => BOARDS[name] === undefined);
if (unknown === undefined) {
  for (const name of names) {
    const board = BOARDS[name];
    if (board === undefined) continue;
    process.stdout.write(`\n=== ${board.title}\n`);
    const lines = values.ablate === true ? ablate(name, board, folder, values.piece) : await board.lines(folder);
    for await (const line of lines) process.stdout.write(`${line}\n`);
  }
} else {
  process.stderr.write(`score: there is no board "${unknown}"; give one of: ${Object.keys(BOARDS).join(', ')}\n`);
  process.exitCode = 2;
}
