import rehearsalConfig from '../../../test/e2e/rehearsal.config.ts';
import { ADDED_TEXT, ChroniclePage } from '../chronicle.ts';
import { CONFIG, type Rehearsal } from '../rehearsal.ts';
import type { Theme } from './theme.ts';

/** Id of the page of the rehearsal's configuration whose host is relayed. */
export const RELAYED = 'relayed';

/** A page of a relayed host: the deployment leaves it, `daybook relay` brings it, and its change is news. */
export const relay: Theme = async (rehearsal, { news }) => {
  const watched = rehearsalConfig.pages?.find(({ id }) => id === RELAYED);
  if (watched === undefined) throw new Error(`The configuration of the rehearsal names no page "${RELAYED}".`);
  const url = new URL(watched.url);
  const page = new ChroniclePage(url.pathname);
  await page.listen(Number(url.port), url.hostname);
  const headAt = (revision: number) =>
    rehearsal.eventually(`revision ${revision} of ${RELAYED}`, async () => {
      const head = await rehearsal.history.head(RELAYED);
      return head !== null && head.revision >= revision ? true : null;
    });
  try {
    await rehearsal.step('plan tracks a page of a relayed host and asks nobody for it', async () => {
      await rehearsal.plan();
      const check = await rehearsal.history.check(RELAYED);
      if (check === null) throw new Error(`${RELAYED} is not tracked.`);
      if (check.leasedUntil !== null || page.answered.length > 0) throw new Error(`${RELAYED} was handed to fetch.`);
    });
    await rehearsal.step('daybook relay --aws --once brings its capture in', () => bring(rehearsal));
    await rehearsal.step('its first revision is in the table', () => headAt(1));
    page.publish(ADDED_TEXT);
    await rehearsal.step('it changes, and is relayed again', () => bring(rehearsal, '--page', RELAYED));
    await rehearsal.step('its second revision is in the table', () => headAt(2));
    await rehearsal.step('its news is in the subscribed queue', () => news.expectOne(rehearsal, ADDED_TEXT));
    const { length } = page.answered;
    if (length !== 2) throw new Error(`The site was asked ${length} times, not twice.`);
  } finally {
    await page.close();
  }
};

/** The command as an owner types it: it finds the stacks by itself. */
async function bring(rehearsal: Rehearsal, ...argv: readonly string[]): Promise<void> {
  const said = await rehearsal.daybook('relay', '--aws', '--config', CONFIG, '--json', '--once', ...argv);
  const results = said.split('\n').filter((line) => line !== '');
  const captured = results.filter((line) => {
    const { page, outcome } = JSON.parse(line) as { page: string; outcome: string };
    return page === RELAYED && outcome === 'captured';
  });
  if (captured.length !== 1 || results.length !== 1) throw new Error(`The relay said: ${said}`);
}
