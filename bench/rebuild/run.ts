import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openAnyFormat, openLocalStore, placeOf } from '#adapters/local/compose.ts';
import { createFolderObjects } from '#adapters/local/folder-objects.ts';
import { rebuild } from '#app/history/rebuild.ts';
import { withFormat } from '#app/store-format.ts';
import { verify } from '#app/verify/verify.ts';
import { PARSER_VERSION } from '#core/names.ts';
import { PAGE, storeChronicle } from './captures.ts';

/**
 * Rebuilds a history of many captures from disk into an empty store on disk, then verifies it, and prints rates, the
 * processor time of a capture and the process's peak memory: `tsx bench/rebuild/run.ts [captures]`. Captures are written by a process of their own.
 */
const [, , argument = '10000', folder, step] = process.argv;
const count = Number(argument);
const LIMIT_MB = 512;

if (step === 'write' && folder !== undefined) {
  await storeChronicle(createFolderObjects(join(folder, 'objects'), { durable: false }), count);
} else if (step === 'rebuild' && folder !== undefined) {
  const store = await openAnyFormat(folder);
  const { objects } = store;
  const history = withFormat(store.history, placeOf(folder));
  const started = performance.now();
  const before = process.cpuUsage();
  let last = null;
  const deps = { source: objects, history, objects, parser: PARSER_VERSION, inUse: false, now: () => new Date() };
  for await (const progress of rebuild(deps, new Map([[PAGE.id, PAGE]]))) {
    last = progress;
    if (progress.done % 1_000 === 0 && !progress.finished) report(`${progress.done} captures`, progress.done, started);
  }
  report(`rebuilt ${last?.captures} captures, ${last?.revisions} revisions, ${last?.changes} changes`, count, started);
  const { user, system } = process.cpuUsage(before);
  console.log(`${((user + system) / 1_000 / count).toFixed(2)} ms of processor time a capture`);
  await store.close();
} else if (step === 'verify' && folder !== undefined) {
  const store = await openLocalStore(folder);
  const started = performance.now();
  for await (const event of verify({ ...store, parser: PARSER_VERSION, expires: false })) {
    if (event.type === 'finding') console.log(event.finding);
    if (event.type === 'done') report(`verified ${JSON.stringify(event.tally)}`, event.tally.captures, started);
  }
  await store.close();
} else {
  const made = await mkdtemp(join(tmpdir(), 'bench-rebuild-'));
  try {
    for (const next of ['write', 'rebuild', 'verify']) {
      const tsx = fileURLToPath(new URL('../../node_modules/.bin/tsx', import.meta.url));
      const { status } = spawnSync(tsx, [fileURLToPath(import.meta.url), argument, made, next], { stdio: 'inherit' });
      if (status !== 0) process.exitCode = 1;
    }
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}

function report(what: string, done: number, started: number): void {
  const seconds = (performance.now() - started) / 1_000;
  const peak = Math.round(process.resourceUsage().maxRSS / 1_024);
  if (peak > LIMIT_MB) process.exitCode = 1;
  console.log(
    `${what}: ${(done / seconds).toFixed(1)} captures a second, peak ${peak} MB${peak > LIMIT_MB ? ` (more than ${LIMIT_MB})` : ''}`,
  );
}
