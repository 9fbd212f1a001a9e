import { parseArgs } from 'node:util';

export const USAGE = `npm run crash -- [embedded|stand-in|both] [--every N] [--part K] [--workers N]
  embedded     the embedded table and a folder
  stand-in     DynamoDB and S3 of a local AWS stand-in (python3 with moto[server])
  both         the default; without a stand-in it says why and leaves it out
  --every N    a share: every N-th life (default 1, every point)
  --part K     which of the N shares, from 0 on (default 0): all of them together are every point
  --workers N  processes, each with a database of its own (default: one a core)`;

export type GroundName = 'embedded' | 'stand-in';

export interface Options {
  readonly grounds: readonly GroundName[];
  readonly every: number;
  readonly part: number;
  readonly workers: number;
}

const GROUNDS: Readonly<Record<string, readonly GroundName[]>> = {
  embedded: ['embedded'],
  'stand-in': ['stand-in'],
  both: ['embedded', 'stand-in'],
};

/**
 * What was typed, or null when help is wanted.
 * @throws Error with one line that gives the input and the choices.
 */
export function optionsOf(args: readonly string[], cores: number): Options | null {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      every: { type: 'string', default: '1' },
      part: { type: 'string', default: '0' },
      workers: { type: 'string', default: String(cores) },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const named = positionals.length === 0 ? 'both' : positionals.join(' ');
  const grounds = Object.hasOwn(GROUNDS, named) ? GROUNDS[named] : undefined;
  if (grounds === undefined) throw new Error(`"${named}" is not a store: name embedded, stand-in or both`);
  const every = count('--every', values.every, 1);
  const part = count('--part', values.part, 0);
  if (part >= every) throw new Error(`--part ${part} is not one of the ${every} shares, which are counted from 0`);
  return { grounds, every, part, workers: count('--workers', values.workers, 1) };
}

function count(name: string, text: string, least: number): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) < least) {
    throw new Error(`${name} takes a whole number from ${least} on, not "${text}"`);
  }
  return Number(text);
}
