import { beforeEach, describe, expect, it } from 'vitest';
import type { PageSpec } from '#core/history/types.ts';
import { blockPage, chroniclePage, REPORTS } from '../../support/sample-pages.ts';
import { openStore, type Store, World } from '../world.ts';

/** What the mails advise where the site refuses. */
const REMEDY = 'Fetch its pages from elsewhere.';
const good = chroniclePage(REPORTS.slice(0, 4));
const words = (text: string) => new TextEncoder().encode(`<html><body><p>${text}</p></body></html>`);

class Advised extends World {
  override get notifyDeps() {
    return { ...super.notifyDeps, remedy: REMEDY };
  }
}

const pages = [1, 2, 3].map(
  (at): PageSpec => ({
    id: `month-${at}`,
    url: `https://chronicle.example/${at}.htm`,
    name: null,
    rolling: false,
    series: null,
  }),
);
let store: Store;
beforeEach(async () => {
  store = await openStore();
  return () => store.close();
});

/** The mails from the first of such answers until the pages could be read for a day. */
const mails = async (world: World, body: Uint8Array, status: number) => {
  world.pages = pages;
  for (const [answer, code, hours] of [
    [good, 200, 1],
    [body, status, 30],
    [good, 200, 30],
  ] as const) {
    for (const { url } of pages) world.shows(answer, code, url);
    for (let half = 0; half < hours * 2; half += 1) await world.after(0.5);
  }
  return world.mailbox.sent.map(({ data, text }) => [data.kind, text.includes(REMEDY)]);
};

describe('mails about a site that refuses', () => {
  it.each([
    ['answers 401', words('No.'), 401],
    ['answers 403', words('No.'), 403],
    ['answers 429', words('Too many.'), 429],
    ['shows a wall', blockPage(), 403],
  ])('say what to do when it %s, about one page and about the host', async (_, body, status) => {
    expect(await mails(new Advised(store), body, status)).toEqual([
      ['down', true],
      ['host-down', true],
      ['host-recovered', false],
    ]);
  });

  it('say nothing of it where nothing is advised', async () => {
    expect(await mails(new World(store), words('No.'), 403)).toEqual([
      ['down', false],
      ['host-down', false],
      ['host-recovered', false],
    ]);
  });
});

describe('mails about a site with another fault', () => {
  it.each([
    ['is broken', words('Oops.'), 500],
    ['has lost its pages', words('Not found.'), 404],
    ['is empty', words(''), 200],
  ])('do not advise to go elsewhere when it %s', async (_, body, status) => {
    const found = await mails(new Advised(store), body, status);
    expect(found.length).toBeGreaterThan(1);
    expect(found.filter(([, advised]) => advised)).toEqual([]);
  });
});
