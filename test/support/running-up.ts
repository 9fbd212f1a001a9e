import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** `daybook up` in a process of its own. */
export interface RunningUp {
  readonly process: ChildProcess;
  /** The reader's address. */
  readonly reader: string;
  /** Kills it, if it has not ended. */
  kill(): Promise<void>;
}

/** Starts `daybook up` on a page; resolves when the page was checked. */
export async function startUp(page: string, folder: string): Promise<RunningUp> {
  const argv = ['bin/daybook.ts', 'up', page, '--port', '0', '--data', folder, '--json'];
  const child = spawn(process.execPath, ['--import', 'tsx', ...argv], { stdio: ['ignore', 'pipe', 'inherit'] });
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  let out = '';
  for await (const chunk of child.stdout) {
    out += String(chunk);
    const [first, checked] = out.split('\n');
    if (checked === undefined || checked === '') continue;
    return { process: child, reader: (JSON.parse(first ?? '') as { reader: string }).reader, kill };
  }
  throw new Error(`up ended: ${out}`);
}
