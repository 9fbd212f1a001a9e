import { resolve } from 'node:path';
import { storeToken } from '#adapters/aws/compose.ts';
import rehearsalConfig from '../test/e2e/rehearsal.config.ts';
import { ChroniclePage } from './rehearsal/chronicle.ts';
import { judge } from './rehearsal/claims/claim.ts';
import { projectCode } from './rehearsal/claims/code.ts';
import { CLAIMS } from './rehearsal/claims/index.ts';
import { reported } from './rehearsal/claims/report.ts';
import { synthesized } from './rehearsal/claims/synthesis.ts';
import { Inbox } from './rehearsal/inbox.ts';
import { TOKEN } from './rehearsal/reader.ts';
import { CONFIG, Rehearsal } from './rehearsal/rehearsal.ts';
import { StandIn } from './rehearsal/stand-in.ts';
import { THEMES } from './rehearsal/steps/index.ts';

/**
 * Checks the claims about the templates, which need no stand-in. Then deploys the real stacks into a local AWS stand-in and
 * goes through the themes of `rehearsal/steps/` with a loopback page; mails arrive in queues that subscribed to the topics.
 * Exit code 0 also when there is no stand-in here: then it says why nothing was rehearsed.
 */
const watched = rehearsalConfig.pages?.[0];
if (watched === undefined) throw new Error(`${CONFIG} names no page.`);
const { id: pageId, url } = watched;

const project = resolve(import.meta.dirname, '..');
const claims = reported(
  await judge(CLAIMS, { templates: synthesized(), beside: synthesized('dev'), code: await projectCode() }),
);
for (const line of claims.lines) console.log(line);
if (!claims.passed) process.exit(1);
const found = await StandIn.find(project);
if ('missing' in found) {
  console.log(`Nothing was rehearsed: ${found.missing}.`);
  process.exit(0);
}
const standIn = found;
const page = new ChroniclePage(new URL(url).pathname);
const stopped = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort(new Error(`${signal}.`)));

process.chdir(project);
let failed = false;
try {
  await Promise.race([
    rehearse(),
    new Promise((_, reject) => stopped.signal.addEventListener('abort', () => reject(stopped.signal.reason))),
  ]);
  console.log('The loop runs.');
} catch (error) {
  failed = true;
  console.error(`✗ ${error instanceof Error ? error.message : String(error)}`);
} finally {
  await page.close().catch(() => undefined);
  await standIn.down();
}
process.exit(failed ? 1 : 0);

async function rehearse(): Promise<void> {
  await page.listen(Number(new URL(url).port));
  const rehearsal = new Rehearsal(project, standIn, page, pageId, stopped.signal);
  await rehearsal.step('both stacks are deployed', async () => rehearsal.deployed(await standIn.up(CONFIG)));
  await rehearsal.step('the reader has a token', () =>
    storeToken(rehearsal.service('ReaderTokenParameter'), TOKEN, false),
  );
  const inboxes = await rehearsal.step('queues are subscribed to the topics', async () => ({
    news: await Inbox.subscribe(rehearsal.state('NewsTopicArn'), 'rehearsal-news'),
    health: await Inbox.subscribe(rehearsal.state('HealthTopicArn'), 'rehearsal-health'),
  }));
  for (const theme of THEMES) await theme(rehearsal, inboxes);
}
