import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { openLocalStore } from '../../src/adapters/local/compose.ts';
import { createFolderObjects } from '../../src/adapters/local/folder-objects.ts';
import { createMemoryHistory } from '../../test/support/memory-history.ts';
import { type Simulated, simulate } from '../../test/support/simulated-day.ts';

// A simulated day of 1,000 pages over 50 hosts, with three hours in which no tick came:
// `npx tsx bench/schedule/run.ts [hosts] [pages] [hours] [memory|table]`. The history is kept in memory, or in the embedded
// table on disk, which is slower and leaves the heap to what the loop itself holds.
const [hosts = 50, pages = 1_000, hours = 24] = process.argv.slice(2, 5).map(Number);
const kind = process.argv[5] ?? 'memory';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const folder = await mkdtemp(join(tmpdir(), 'simulated-day-'));
const store =
  kind === 'table'
    ? await openLocalStore(folder)
    : {
        history: createMemoryHistory(),
        objects: createFolderObjects(folder, { durable: false }),
        close: async () => {},
      };
const heap: number[] = [];
const startedAt = performance.now();
try {
  const day = await simulate({
    hosts,
    pages,
    hours,
    store,
    outage: { from: hours / 2, to: hours / 2 + 3 },
    onHour: (hour) => {
      if (hour % Math.max(1, Math.round(hours / 12)) !== 0) return;
      collect();
      heap.push(process.memoryUsage().heapUsed / 2 ** 20);
      process.stderr.write(`hour ${hour}: heap ${heap.at(-1)?.toFixed(1)} MiB\n`);
    },
  });
  print(day, (performance.now() - startedAt) / 1_000);
  const faults = broken(day);
  console.log(faults.length === 0 ? 'every bar held' : `NOT HELD: ${faults.join('; ')}`);
  if (faults.length > 0) process.exitCode = 1;
} finally {
  await store.close();
  await rm(folder, { recursive: true, force: true });
}

function print(day: Simulated, seconds: number): void {
  const requests = day.hosts.reduce((sum, host) => sum + host.requests, 0);
  const at = (values: readonly number[], share: number) =>
    (values[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0).toFixed(1);
  console.table({
    'pages, hosts, hours; history': `${pages}, ${hosts}, ${hours}; ${kind}`,
    'real seconds': seconds.toFixed(0),
    'checks, requests': `${day.checks}, ${requests}`,
    'not modified, refused': `${sum(day, 'notModified')}, ${sum(day, 'refused')}`,
    'revisions, alerts, quarantined': `${day.revisions}, ${day.alerts}, ${day.quarantined}`,
    'most requests at once to a host': Math.max(...day.hosts.map((host) => host.most)),
    'shortest gap, ms (least wanted)': `${Math.min(...day.hosts.map((host) => host.shortestGap))} (${day.minGapMs})`,
    'ticks; most jobs in one (limit)': `${day.ticks}; ${day.mostJobs} (${day.limit})`,
    'first looks late by, min: median, p99, max': `${at(day.firstLateness, 0.5)}, ${at(day.firstLateness, 0.99)}, ${at(day.firstLateness, 1)}`,
    'later looks late by, min: median, p99, max': `${at(day.lateness, 0.5)}, ${at(day.lateness, 0.99)}, ${at(day.lateness, 1)}`,
    'longest between two looks, min (longest pause)': `${day.longestPause.toFixed(1)} (${day.checkAtLeastEvery})`,
    'never looked at, expired jobs': `${day.unseen}, ${day.expired}`,
    'heap after a quarter, half and all of the day, MiB': [0.25, 0.5, 1].map((share) => at(heap, share)).join(', '),
  });
}

/** What was promised and not held, a line each. */
function broken(day: Simulated): string[] {
  // The ticks that a backlog of all pages takes, then the pages of a host at its pace, the slowest answering in 12 s.
  const ticks = Math.ceil(pages / day.limit);
  const bound = ticks * day.planEvery + ((pages / hosts) * (day.minGapMs * 1.25 + 12_000)) / 60_000;
  const latest = Math.max(day.firstLateness.at(-1) ?? 0, day.lateness.at(-1) ?? 0);
  return [
    ...(day.hosts.some((host) => host.most > 1) ? ['two requests at once to a host'] : []),
    ...(day.hosts.some((host) => host.shortestGap < day.minGapMs) ? ['a gap that is too short'] : []),
    ...(latest > bound ? [`a look ${latest.toFixed(1)} minutes late, ${bound.toFixed(1)} allowed`] : []),
    ...(day.longestPause > day.checkAtLeastEvery + bound ? ['a page that was left for too long'] : []),
    ...(day.unseen > 0 ? [`${day.unseen} pages never looked at`] : []),
  ];
}

function sum(day: Simulated, name: 'notModified' | 'refused'): number {
  return day.hosts.reduce((total, host) => total + host[name], 0);
}
