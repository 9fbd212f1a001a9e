import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeTrack, openLocalStore } from '#adapters/local/compose.ts';
import { recover, trackOnce } from '#app/track.ts';
import { parseConfig } from '#core/config.ts';
import { watched } from './world/faults.ts';
import { PAGE } from './world/machine.ts';
import { SCENARIO } from './world/scenario.ts';

/**
 * One life of a process that tracks a page into a folder: it goes on where the last one ended and kills itself within
 * its n-th call, a moment after the call was made. Without a number it lives to the end.
 */
const [folder = '', origin = '', killAt = '0', jitter = '0'] = process.argv.slice(2);
let calls = 0;
const around = <T>(_name: string, call: () => Promise<T>): Promise<T> => {
  calls += 1;
  const made = call();
  if (calls === Number(killAt)) setTimeout(() => process.kill(process.pid, 'SIGKILL'), Number(jitter));
  return made;
};

const page = { ...PAGE, url: `${origin}/2022-01.htm` };
const config = parseConfig({
  pages: [{ id: page.id, url: page.url }],
  schedule: { checkAtMostEvery: 30, checkAtLeastEvery: 1_440, checkClosedAtLeastEvery: 1_440 },
  fetch: { allowLoopback: true, ports: [Number(new URL(origin).port)], minGapSeconds: 0 },
});
const store = await openLocalStore(folder);
const log = { info: () => {}, warn: () => {} };
const outbox = join(folder, 'outbox.jsonl');
const console = {
  send: async (alert: object) => appendFileSync(outbox, `${JSON.stringify({ ...alert, channel: 'console' })}\n`),
};
const { deps, close } = composeTrack(store, config, { console, log, readerUrl: null });
let at = '';
const tracked: typeof deps = {
  ...deps,
  now: () => new Date(at),
  history: watched(deps.history, around),
  objects: watched(deps.objects, around),
  channels: { console: watched(console, around) },
  fetcher: {
    fetch: (request) => around('fetch', () => deps.fetcher.fetch(request)),
    close: () => deps.fetcher.close(),
  },
};

const last = (await store.history.check(page.id))?.lastCheckedAt ?? '';
const begun = Math.max(
  0,
  SCENARIO.findLastIndex((step) => step.at <= last),
);
for (const [index, step] of SCENARIO.entries()) {
  if (index < begun) continue;
  at = step.at;
  await fetch(`${origin}/step/${index}`);
  const turn = { ...tracked, parser: step.parser };
  if (index === begun) await recover(turn, [page]);
  if ((await store.history.check(page.id))?.lastCheckedAt !== step.at) {
    await trackOnce(turn, { pages: [page], series: [], limit: 10, leaseMinutes: 30, bounds: config.schedule });
  }
}
await close();
await store.close();
