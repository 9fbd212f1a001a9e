import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Deviation, Whole } from './life.ts';
import type { Life } from './lives.ts';
import type { Report, Task } from './worker.ts';

const PROGRAM = fileURLToPath(new URL('worker.ts', import.meta.url));

export interface Sum {
  readonly ground: string;
  readonly points: number;
  /** Lives of one point that were wanted because its call was not made among other faults. */
  readonly alone: number;
  readonly lives: number;
  readonly deviations: readonly Deviation[];
  /** Points whose call was not made in a life of their own either. */
  readonly unreached: readonly string[];
}

/**
 * Runs lives over a kind of ground, on as many processes as are wanted, each with a ground of its own. Points that a
 * life did not come to get a life of their own.
 * @param progress told how many lives are done, after each.
 */
export async function runLives(
  ground: string,
  lives: readonly Life[],
  wholes: readonly Whole[],
  workers: number,
  progress: (done: number, of: number) => void,
): Promise<Sum> {
  const tasks: Task[] = [...wholes.map((whole): Task => ({ whole })), ...lives.map((life): Task => ({ life }))];
  const deviations: Deviation[] = [];
  const unreached: string[] = [];
  let [points, done, alone, name] = [0, 0, 0, ground];

  const settle = (task: Task, report: Report) => {
    if ('whole' in report && report.whole !== null) deviations.push(report.whole);
    if (!('outcome' in report) || !('life' in task)) return;
    const { ran, again, deviation } = report.outcome;
    points += ran;
    if (deviation !== null) deviations.push(deviation);
    if (task.life.length > 1) {
      tasks.push(...again.map((slot) => ({ life: [slot] })));
      alone += again.length;
    } else if (deviation === null) {
      unreached.push(...again.map(({ step, point }) => `step ${step + 1}: ${JSON.stringify(point)}`));
    }
  };

  const work = async () => {
    const env = { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
    const child = fork(PROGRAM, [ground], { execArgv: ['--import', 'tsx'], env });
    try {
      const ready = await answer(child);
      if ('ready' in ready) name = ready.ready;
      for (let task = tasks.shift(); task !== undefined; task = tasks.shift()) {
        child.send(task);
        settle(task, await answer(child));
        done += 1;
        progress(done, done + tasks.length);
      }
    } finally {
      if (child.connected) child.disconnect();
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return { ground: name, points, alone, lives: done - wholes.length, deviations, unreached };
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
