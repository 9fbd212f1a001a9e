import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';

/** How a command of an installed Daybook ended. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Installation {
  /** An otherwise empty folder whose `node_modules` hold Daybook. */
  readonly folder: string;
  /** The program of Node that runs it. */
  readonly node: string;
}

/**
 * Starts `daybook` as a shell in the folder would: by its link, on the given Node, without settings of this shell.
 * @param settings variables of its environment
 */
export function start(
  { folder, node }: Installation,
  argv: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): ChildProcess {
  const path = [dirname(node), '/usr/local/bin', '/usr/bin', '/bin'].join(':');
  const env = { PATH: path, HOME: folder, NO_COLOR: '1', ...settings };
  return spawn(join('node_modules', '.bin', 'daybook'), argv, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Runs it to its end. */
export async function run(installation: Installation, argv: readonly string[]): Promise<Ended> {
  const child = start(installation, argv);
  let out = '';
  let err = '';
  child.stdout?.on('data', (text: Buffer) => {
    out += text;
  });
  child.stderr?.on('data', (text: Buffer) => {
    err += text;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}

/** The first line that it writes. @throws Error with its complaint when it ends before. */
export async function firstLine(child: ChildProcess): Promise<string> {
  let err = '';
  child.stderr?.on('data', (text: Buffer) => {
    err += text;
  });
  let out = '';
  return new Promise((done, failed) => {
    child.stdout?.on('data', (text: Buffer) => {
      out += text;
      const end = out.indexOf('\n');
      if (end >= 0) done(out.slice(0, end));
    });
    child.once('close', (code) => failed(new Error(`it ended with ${code} before it wrote a line: ${err}`)));
  });
}
