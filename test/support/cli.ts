import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '#cli/main.ts';

/** What a command line came to. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs one command line in this process and takes what it writes. One at a time: the streams are the process's own. */
export async function run(...argv: string[]): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const { stdout, stderr } = process;
  const saved = { out: stdout.write, err: stderr.write };
  stdout.write = into(out) as typeof stdout.write;
  stderr.write = into(err) as typeof stderr.write;
  try {
    return { code: await main(argv), out: out.join(''), err: err.join('') };
  } finally {
    stdout.write = saved.out;
    stderr.write = saved.err;
  }
}

/** A stream's `write` that keeps what it is given, and says that it is done to who wants to know. */
const into =
  (kept: string[]) =>
  (text: string | Uint8Array, ...rest: unknown[]): boolean => {
    kept.push(typeof text === 'string' ? text : Buffer.from(text).toString('utf8'));
    const done = rest.find((one) => typeof one === 'function');
    if (typeof done === 'function') done();
    return true;
  };

/** One JSON value a line. */
export function jsonLines<T = Record<string, unknown>>(text: string): T[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}

/** A folder that is there for one piece of work. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'daybook-test-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A small chronicle page. Paragraphs are long enough to be an article. */
export function chroniclePage(paragraphs: readonly string[], title = 'The Alder Valley Dispute - May 2023'): string {
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${title}</title></head><body>
<div id="nav"><a href="/">Home</a></div><div id="content"><h1>${title}</h1>
${paragraphs.map((text) => `<p>${text}</p>`).join('\n')}
</div><div id="footer">Imprint and contact</div></body></html>`;
}

export const VALLEY = [
  'The council of Alder closed the lower bridge on 03 May 2023 after a survey had found cracks in two of its piers.',
  'On 05 May 2023 the mill owners protested that 140 lorries a day would have to take the road over the pass.',
  'A ferry began to run on 09 May 2023, with places for twelve cars, and was full from the first hour on.',
] as const;
