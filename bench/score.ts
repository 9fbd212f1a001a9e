import { resolve } from 'node:path';
import { scoreDates } from './score-dates.ts';
import { scoreDiff } from './score-diff.ts';
import { scorePage } from './score-page.ts';

/**
 * The scoreboards on real inputs with known answers: `npm run score -- <data folder>`. What a scoreboard does not find
 * in the folder it says so; without a folder only the generated inputs are scored.
 */
const folder = resolve(process.argv[2] ?? 'data');
for (const [title, score] of [
  ['Extraction', scorePage],
  ['Dates', scoreDates],
  ['Changes', scoreDiff],
] as const) {
  process.stdout.write(`\n=== ${title}\n`);
  for (const line of await score(folder)) process.stdout.write(`${line}\n`);
}
