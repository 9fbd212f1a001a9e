import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLocalStore } from '#adapters/local/compose.ts';
import { type LoopbackServer, listen } from '../../support/loopback.ts';
import { SCENARIO } from './world/scenario.ts';
import { type Delivery, type State, stateOf } from './world/state.ts';

const here = dirname(fileURLToPath(import.meta.url));
const program = join(here, '../../../node_modules/.cache/daybook-crash', `${process.pid}.mjs`);
let site: LoopbackServer;
let folder: string;
let expected: State;

/** A site with the answer of the visitor's step; a step without an answer breaks the connection. */
function openSite(): Promise<LoopbackServer> {
  let current = 0;
  return listen('127.0.0.1', (request, response) => {
    const step = /^\/step\/(\d+)$/.exec(request.url ?? '');
    if (step !== null) {
      current = Number(step[1]);
      response.end();
      return;
    }
    const answer = SCENARIO[current]?.answer;
    if (request.url !== '/2022-01.htm') response.writeHead(404).end();
    else if (answer === undefined || 'failure' in answer) request.socket.destroy();
    else
      response
        .writeHead(answer.status ?? 200, { 'content-type': 'text/html; charset=utf-8', date: '' })
        .end(answer.body);
  });
}

/** One life of the process. How it ended: `SIGKILL`, or its exit code. */
async function live(data: string, killAt = 0, jitter = 0): Promise<string | number | null> {
  const child: ChildProcess = spawn(process.execPath, [program, data, site.origin, String(killAt), String(jitter)], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  });
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  if (code !== null && code !== 0) throw new Error(`The process failed: ${complaint.slice(0, 2_000)}`);
  return signal ?? code;
}

async function stateIn(data: string): Promise<State> {
  const lines = (await readFile(join(data, 'outbox.jsonl'), 'utf8')).split('\n');
  const sent = lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Delivery);
  const store = await openLocalStore(data);
  try {
    return await stateOf(store.history, store.objects, sent);
  } finally {
    await store.close();
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'killed-'));
  site = await openSite();
  await mkdir(dirname(program), { recursive: true });
  await build({
    entryPoints: [join(here, 'child.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
  await live(join(folder, 'undisturbed'));
  expected = await stateIn(join(folder, 'undisturbed'));
});

afterAll(async () => {
  await site.close();
  await rm(folder, { recursive: true, force: true });
  await rm(program, { force: true });
});

/** A fixed sequence of numbers below `limit` for a seed. */
function* numbers(seed: number, limit: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield Math.floor((state / 2 ** 32) * limit);
  }
}

describe('a process that is killed', () => {
  it('handles the whole scenario without a kill', () => {
    expect(expected.revisions).toHaveLength(8);
    expect(expected.quarantined).toHaveLength(4);
    expect(expected.alerts).toHaveLength(9);
  });

  it.each([1, 2])('and started again comes to the same end after any kill (seed %i)', async (seed) => {
    const data = join(folder, `seed-${seed}`);
    const random = numbers(seed, 1);
    let kills = 0;
    for (const share of numbers(seed * 7, 1)) {
      const jitter = Math.floor((random.next().value ?? 0) * 4);
      const ended = kills < 8 ? await live(data, 3 + Math.floor(share * 90), jitter) : await live(data);
      if (ended === 0) break;
      expect(ended).toBe('SIGKILL');
      kills += 1;
    }
    expect(kills).toBeGreaterThan(2);
    expect(await stateIn(data)).toEqual(expected);
  });
});
