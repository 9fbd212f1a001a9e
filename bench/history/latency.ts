import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openLocalStore } from '#adapters/local/compose.ts';
import { serveReader } from '../../src/cli/serving/serve.ts';
import { Random } from '../diff/random.ts';
import { fill, type Size } from './filling.ts';
import { type Question, questionsOf } from './questions.ts';

/**
 * How long the reader takes over a small store and over a large one: `tsx bench/history/latency.ts [pages paragraphs
 * revisions] …`, three numbers a store. Fills a data folder, starts the reader on a port of 127.0.0.1 in a process of its
 * own, and asks each question for other days, pages and revisions each time: one at a time, and eight at a time. Wall time
 * is what the asker waits; processor time is that of the reader's process.
 *
 * `fill <folder> <size>` and `ask <folder> <size>` are the two halves, over a folder that is kept.
 */
const REQUESTS = 100;
const WARM_UP = 20;
const TOGETHER = 8;
const LIMIT_MS = 50;
const DEFAULT_SIZES = [100, 100_000, 10_000, 1_000, 1_000_000, 10_000];

interface Cost {
  readonly bytes: number;
  readonly p50: number;
  readonly p95: number;
  /** Of the reader's process, milliseconds a request. */
  readonly cpu: number;
}

const [step, folder, ...rest] = process.argv.slice(2);
if (step === 'serve' && folder !== undefined) await serve(folder);
else if (step === 'fill' && folder !== undefined) await fillWith(folder, sizesOf(rest)[0]);
else if (step === 'ask' && folder !== undefined) await ask(folder, sizesOf(rest)[0]);
else {
  const given = process.argv.slice(2);
  for (const size of sizesOf(given.length === 0 ? DEFAULT_SIZES : given)) {
    const made = await mkdtemp(join(tmpdir(), 'bench-latency-'));
    try {
      await fillWith(made, size);
      await ask(made, size);
    } finally {
      await rm(made, { recursive: true, force: true });
    }
  }
}

function sizesOf(given: readonly (string | number)[]): [Size, ...Size[]] {
  const numbers = given.map(Number);
  const sizes: Size[] = [];
  for (let at = 0; at < numbers.length; at += 3) {
    const [pages = 0, paragraphs = 0, revisions = 0] = numbers.slice(at, at + 3);
    if (![pages, paragraphs, revisions].every((number) => Number.isSafeInteger(number) && number > 0)) {
      throw new Error('Give three whole numbers a store: pages, paragraphs, revisions');
    }
    sizes.push({ pages, paragraphs, revisions });
  }
  const [first, ...others] = sizes;
  if (first === undefined) throw new Error('Give three whole numbers: pages, paragraphs, revisions');
  return [first, ...others];
}

async function fillWith(target: string, size: Size): Promise<void> {
  const started = performance.now();
  await fill(target, size, (pages) => {
    if (pages % Math.ceil(size.pages / 10) > 0) return;
    const seconds = Math.round((performance.now() - started) / 1_000);
    const peak = Math.round(process.resourceUsage().maxRSS / 1_024);
    console.error(`${pages} of ${size.pages} pages, ${seconds} s, ${peak} MB`);
  });
}

/** The reader as `daybook up` serves it. Answers each message with the processor time that it has used, milliseconds. */
async function serve(target: string): Promise<void> {
  const store = await openLocalStore(target);
  const served = await serveReader(store, 0);
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.((user + system) / 1_000);
  });
  process.send?.(served.url);
  await once(process, 'disconnect');
  await served.close();
  await store.close();
}

async function ask(target: string, size: Size): Promise<void> {
  const reader = fork(fileURLToPath(import.meta.url), ['serve', target]);
  reader.once('exit', (code) => {
    if (code !== 0) throw new Error(`The reader's process ended with ${code}`);
  });
  try {
    const [url] = await once(reader, 'message');
    const usedCpu = async () => {
      reader.send('cpu');
      const [milliseconds] = await once(reader, 'message');
      return Number(milliseconds);
    };
    const { pages, paragraphs, revisions } = size;
    console.log(`\n${pages} pages, ${paragraphs} paragraphs, ${revisions} revisions\n`);
    console.log('| question | KB | p50 ms | p95 ms | CPU ms | of 8: p50 ms | p95 ms | CPU ms |');
    console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
    for (const [name, path] of await questionsOf(String(url), size)) {
      await measure(String(url), path, 1, WARM_UP, usedCpu);
      const alone = await measure(String(url), path, 1, REQUESTS, usedCpu);
      const together = await measure(String(url), path, TOGETHER, REQUESTS, usedCpu);
      const figures = [alone.bytes / 1_024, alone.p50, alone.p95, alone.cpu, together.p50, together.p95, together.cpu];
      const over = alone.p95 > LIMIT_MS ? ` (above ${LIMIT_MS} ms)` : '';
      console.log(`| ${[name + over, ...figures.map((figure) => figure.toFixed(1))].join(' | ')} |`);
    }
  } finally {
    const ended = once(reader, 'exit');
    reader.disconnect();
    await ended;
  }
}

async function measure(
  url: string,
  path: Question[1],
  together: number,
  requests: number,
  usedCpu: () => Promise<number>,
): Promise<Cost> {
  const random = new Random(5);
  const times: number[] = [];
  let bytes = 0;
  let asked = 0;
  const before = await usedCpu();
  const work = async () => {
    while (asked < requests) {
      asked += 1;
      const address = path(random);
      const started = performance.now();
      const answer = await fetch(new URL(address, url));
      bytes += (await answer.arrayBuffer()).byteLength;
      times.push(performance.now() - started);
      if (answer.status !== 200) throw new Error(`${address} answered ${answer.status}`);
    }
  };
  await Promise.all(Array.from({ length: together }, work));
  const cpu = ((await usedCpu()) - before) / requests;
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.ceil(share * times.length) - 1] ?? 0;
  return { bytes: bytes / requests, p50: at(0.5), p95: at(0.95), cpu };
}
