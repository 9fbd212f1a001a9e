import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as compose from '#adapters/aws/compose.ts';
import { composePlan } from '#adapters/aws/compose-plan.ts';
import * as items from '#adapters/aws/dynamodb/items.ts';
import { SENDING_SECONDS } from '#adapters/aws/pace.ts';
import { MAILS_A_SECOND } from '#adapters/aws/sns-notifier.ts';
import { flippedPages } from '#adapters/aws/stream.ts';
import { CALL_BYTES } from '#app/plan/calls.ts';
import { LEASE_MINUTES } from '#app/plan/tick.ts';
import config from '#config';
import { parseConfig } from '#core/config.ts';
import { API_BYTES, WEB_BYTES } from '#read/http/fit.ts';
import * as sample from '../../../test/contracts/samples.ts';

const PROJECT = resolve(import.meta.dirname, '../../..');

/** What the claims know of the code that runs in the account. */
export interface Code {
  /** Keys as the table's items have them, by the kind of item. */
  readonly keys: Readonly<Record<string, { readonly pk: string; readonly sk: string }>>;
  readonly flippedPages: typeof flippedPages;
  /** Most bytes of one call of a function by another. */
  readonly callBytes: number;
  readonly apiBytes: number;
  readonly webBytes: number;
  /** How long a job has its page. */
  readonly leaseMinutes: number;
  /** The longest time between two checks of a page, or two ticks, minutes. */
  readonly longestPause: number;
  /** What a tick counts as checks; null: nothing. */
  readonly idle: 0 | null;
  /** Most mails of a topic that `notify` sends a second. */
  readonly mailsASecond: number;
  /** For so long a call of `notify` sends mails. */
  readonly sendingSeconds: number;
  /** Names of the SDK's commands that the adapters send: `GetObject`. */
  readonly commands: ReadonlySet<string>;
  /** Composes a function in an environment. Gives the message of what is missing, or null. */
  readonly composed: (capability: string, environment: Readonly<Record<string, string>>) => string | null;
}

/** The code of this project. */
export async function projectCode(): Promise<Code> {
  const adapters = sources('src/adapters/aws');
  const { planEvery, checkAtLeastEvery } = parseConfig(config).schedule;
  return {
    keys: keysOfItems(),
    flippedPages,
    callBytes: CALL_BYTES,
    apiBytes: API_BYTES,
    webBytes: WEB_BYTES,
    leaseMinutes: LEASE_MINUTES,
    longestPause: Math.max(planEvery, checkAtLeastEvery),
    idle: /\.count\('checks', 0\)/.test(sources('functions/plan')) ? 0 : null,
    mailsASecond: MAILS_A_SECOND,
    sendingSeconds: SENDING_SECONDS,
    commands: new Set([
      ...[...adapters.matchAll(/new ([A-Z]\w+)Command\b/g)].map(([, name = '']) => name),
      // Functions are started by a signed request, without a client.
      ...(adapters.includes('/invocations`') ? ['Invoke'] : []),
    ]),
    composed,
  };
}

/** All TypeScript in a folder, as one text. */
function sources(folder: string): string {
  const files = readdirSync(join(PROJECT, folder), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(PROJECT, folder, file), 'utf8'))
    .join('\n');
}

/** One item of every kind, made by the code that writes the table. */
function keysOfItems(): Code['keys'] {
  const revision = sample.sampleRevision('page', 1);
  const made = {
    head: items.headItem(sample.sampleHead(revision)),
    health: items.healthItem(sample.sampleHealth('page', 1)),
    check: items.checkItem(sample.sampleCheck('page', '2022-01-01T00:00:00.000Z')),
    revision: items.revisionItem(revision),
    change: items.changeItem(sample.sampleChange(revision, 0)),
    timeline: items.timelineItem(sample.sampleEntry(revision, 'p1', '2022-01-10')),
    state: items.stateItem(sample.sampleState(revision, 'p1')),
    past: items.pastItem(sample.samplePast(revision, 'key')),
    mark: items.markItem(sample.sampleMark(revision)),
    place: items.placeItem(sample.samplePlace(revision)),
    chunk: items.chunkItem(sample.sampleChunk('page', 0)),
    looks: items.looksItem(sample.sampleLooks('page', '2022-01-10')),
    quarantine: items.quarantineItem(sample.sampleQuarantine('page', 'capture')),
    alert: items.alertItem(sample.sampleAlert('page', 'key')),
    cursor: items.cursorItem({ pageId: 'page', channel: 'sns', version: 1 } as never),
    year: items.yearItem('TIME#2022'),
  };
  return Object.fromEntries(Object.entries(made).map(([kind, { key }]) => [kind, key]));
}

function composed(capability: string, environment: Readonly<Record<string, string>>): string | null {
  const name = `compose${capability.slice(0, 1).toUpperCase()}${capability.slice(1)}`;
  const make: unknown = ({ ...compose, composePlan } as Record<string, unknown>)[name];
  if (typeof make !== 'function') return null;
  const before = { ...process.env };
  for (const key of Object.keys(process.env)) if (key.startsWith('DAYBOOK_')) delete process.env[key];
  Object.assign(process.env, { AWS_REGION: 'eu-central-1' }, environment);
  try {
    make(parseConfig({ pages: [{ id: 'page', url: 'https://www.example.org/page.htm' }] }));
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    for (const key of Object.keys(process.env)) if (!(key in before)) delete process.env[key];
    Object.assign(process.env, before);
  }
}
