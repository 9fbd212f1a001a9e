import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A command that serves a reader, in a process of its own. */
export interface RunningUp {
  readonly process: ChildProcess;
  /** The reader's address. */
  readonly reader: string;
  /** The next result of a check. */
  next(): Promise<Record<string, unknown>>;
  /** Kills it, if it has not ended. */
  kill(): Promise<void>;
}

/** Starts `daybook up` on a page; resolves when the page was checked. */
export async function startUp(page: string, folder: string, ...more: readonly string[]): Promise<RunningUp> {
  const up = await start('up', page, '--port', '0', '--data', folder, '--json', ...more);
  await up.next();
  return up;
}

/** Starts a command that serves a reader and writes JSON; resolves when the reader answers. */
export async function start(...argv: readonly string[]): Promise<RunningUp> {
  const command = ['--import', 'tsx', 'bin/daybook.ts', ...argv];
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] });
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error(`${argv[0]} ended`);
    return JSON.parse(value) as Record<string, unknown>;
  };
  const { reader } = await next();
  return { process: child, reader: String(reader), next, kill };
}
