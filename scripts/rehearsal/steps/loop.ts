import type { Head } from '#core/history/types.ts';
import { OBJECT_PREFIX } from '#core/names.ts';
import { ADDED_TEXT } from '../chronicle.ts';
import { expectClosed, read } from '../reader.ts';
import type { Theme } from './theme.ts';

/** A page goes through the functions into the table, changes, and the change is delivered. */
export const loop: Theme = async (rehearsal, { news }) => {
  const { pageId, page } = rehearsal;
  await rehearsal.step('plan sends the page to be fetched', () => rehearsal.plan());
  const first = await rehearsal.step('its first revision is in the table', () => headAt(1));
  await rehearsal.step('its capture is in the bucket', () => captures(1));
  await rehearsal.step('its head can be read', () => read(rehearsal, '/api/pages', pageId));
  await rehearsal.step('nobody reads it without the token', () => expectClosed(rehearsal));

  page.publish(ADDED_TEXT);
  await rehearsal.step('the page changes and falls due', () => rehearsal.fallDue());
  await rehearsal.step('plan sends it again', () => rehearsal.plan());
  const second = await rehearsal.step('its second revision is in the table', () => headAt(2));
  if (second.paragraphs !== first.paragraphs + 1) {
    throw new Error(`The page has ${second.paragraphs} paragraphs, not one more than ${first.paragraphs}.`);
  }
  await rehearsal.step('both captures are in the bucket', () => captures(2));
  await rehearsal.step('the news, and nothing else, is in the subscribed queue', () =>
    news.expectOne(rehearsal, ADDED_TEXT),
  );
  await rehearsal.step('what changed can be read', () => read(rehearsal, `/api/pages/${pageId}/changes`, ADDED_TEXT));

  async function headAt(revision: number): Promise<Head> {
    return rehearsal.eventually(`revision ${revision} of ${pageId}`, async () => {
      const head = await rehearsal.history.head(pageId);
      return head !== null && head.revision >= revision ? head : null;
    });
  }

  async function captures(count: number): Promise<true> {
    return rehearsal.eventually(`${count} capture(s) in the bucket`, async () => {
      const keys: string[] = [];
      for await (const key of rehearsal.objects.list(`${OBJECT_PREFIX.captures}${pageId}/`)) keys.push(key);
      return keys.length === count ? true : null;
    });
  }
};
