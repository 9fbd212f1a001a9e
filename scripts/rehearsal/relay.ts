import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { HistoryStore } from '#app/ports.ts';
import type { Head } from '#core/history/types.ts';
import rehearsalConfig from '../../test/e2e/rehearsal.config.ts';
import { ADDED_TEXT, ChroniclePage } from './chronicle.ts';

export interface RelayRehearsal {
  /** The deployed configuration, a path in the project. */
  readonly config: string;
  readonly history: Pick<HistoryStore, 'head' | 'check'>;
  /** One tick of the deployed plan. */
  readonly plan: () => Promise<unknown>;
  /** Address of a queue that gets the news. */
  readonly inbox: string;
  readonly step: <T>(what: string, work: () => Promise<T>) => Promise<T>;
  readonly eventually: <T>(what: string, look: () => Promise<T | null>) => Promise<T>;
}

const project = resolve(import.meta.dirname, '../..');

/** A page of a relayed host: the deployment leaves it, `daybook relay` brings it, and its change is news. */
export async function rehearseRelay(rehearsal: RelayRehearsal): Promise<void> {
  const { history, plan, step, eventually } = rehearsal;
  const watched = rehearsalConfig.pages?.[1];
  if (watched === undefined) throw new Error(`${rehearsal.config} names no relayed page.`);
  const { id } = watched;
  const url = new URL(watched.url);
  const page = new ChroniclePage(url.pathname);
  await page.listen(Number(url.port), url.hostname);
  const headAt = (revision: number): Promise<Head> =>
    eventually(`revision ${revision} of ${id}`, async () => {
      const head = await history.head(id);
      return head !== null && head.revision >= revision ? head : null;
    });
  try {
    await step('plan tracks a page of a relayed host and asks nobody for it', async () => {
      await plan();
      const check = await history.check(id);
      if (check === null) throw new Error(`${id} is not tracked.`);
      if (check.leasedUntil !== null || page.answered.length > 0) throw new Error(`${id} was handed to fetch.`);
    });
    await step('daybook relay --aws --once brings its capture in', () => relay(rehearsal, id, '--once'));
    await step('its first revision is in the table', () => headAt(1));
    page.publish();
    await step('it changes, and is relayed again', () => relay(rehearsal, id, '--once', '--page', id));
    await step('its second revision is in the table', () => headAt(2));
    await step('its news is in the subscribed queue', () => newsOf(rehearsal, watched.name ?? id));
    const { length } = page.answered;
    if (length !== 2) throw new Error(`The site was asked ${length} times, not twice.`);
  } finally {
    await page.close();
  }
}

/** The command as an owner types it: it finds the stacks by itself. */
async function relay({ config }: RelayRehearsal, id: string, ...argv: string[]): Promise<void> {
  const command = resolve(project, 'node_modules/.bin/tsx');
  const all = [resolve(project, 'bin/daybook.ts'), 'relay', '--aws', '--config', config, '--json', ...argv];
  const { stdout } = await promisify(execFile)(command, all, { cwd: project, env: process.env });
  const results = stdout.split('\n').filter((line) => line !== '');
  const captured = results.filter((line) => {
    const { page, outcome } = JSON.parse(line) as { page: string; outcome: string };
    return page === id && outcome === 'captured';
  });
  if (captured.length !== 1 || results.length !== 1) throw new Error(`The relay said: ${stdout}`);
}

async function newsOf({ inbox, eventually }: RelayRehearsal, name: string): Promise<void> {
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
  await eventually(`news of ${name}`, async () => {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: inbox, MaxNumberOfMessages: 10 }));
    return Messages.some(({ Body = '' }) => Body.includes(name) && Body.includes(ADDED_TEXT)) ? true : null;
  });
}
