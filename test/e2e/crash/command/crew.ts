import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Ledger, Result } from './ledger.ts';
import type { GroundName } from './options.ts';

const PROGRAM = fileURLToPath(new URL('worker.ts', import.meta.url));

/** What a process reports: the name of its ground, once it is there, then the result of each task. */
export type Report = Result | { readonly ready: string };

/**
 * Has everything in the ledger run over a kind of ground, by as many processes as are wanted, each with a ground of its own.
 * @param progress called after each task.
 * @returns what the ground is called.
 */
export async function runAll(
  ground: GroundName,
  ledger: Ledger,
  workers: number,
  progress: () => void,
): Promise<string> {
  let name: string = ground;
  const work = async () => {
    const env = { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
    const child = fork(PROGRAM, [ground], { execArgv: ['--import', 'tsx'], env });
    try {
      const first = await answer(child);
      if ('ready' in first) name = first.ready;
      for (let task = ledger.next(); task !== undefined; task = ledger.next()) {
        child.send(task);
        const result = await answer(child);
        if ('ready' in result) throw new Error('A worker of the crash matrix began twice');
        ledger.recordCheck(task, result);
        progress();
      }
    } finally {
      if (child.connected) child.disconnect();
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return name;
}

function answer(child: ChildProcess): Promise<Report> {
  return new Promise((done, failed) => {
    const ended = (code: number | null) => failed(new Error(`A worker of the crash matrix ended (${code})`));
    child.once('exit', ended);
    child.once('message', (report) => {
      child.off('exit', ended);
      done(report as Report);
    });
  });
}
