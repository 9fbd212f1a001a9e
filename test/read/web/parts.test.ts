import { load } from 'cheerio/slim';
import { describe, expect, it } from 'vitest';
import { Chronicle } from '../../support/chronicle.ts';
import { appOf, sample } from '../sample.ts';

/** The answer under an address, or under the one that it redirects to. */
async function follow(app: ReturnType<typeof appOf>, address: string): Promise<Response> {
  const response = await app.request(address);
  const location = response.headers.get('Location');
  return location === null ? response : app.request(location);
}

describe('the list of pages', () => {
  it('links to its next part, until no page is left', async () => {
    const app = appOf(await sample());
    const names: string[] = [];
    let address: string | undefined = '/?limit=2';
    while (address !== undefined) {
      const $ = load(await (await app.request(address)).text());
      names.push(
        ...$('.pages h2 a')
          .toArray()
          .map((link) => $(link).text()),
      );
      address = $('a[rel=next]').attr('href');
    }
    expect(names).toEqual(['The pass', 'rail', 'unseen']);
  });
});

describe('the web page of a long text', () => {
  it('links to its next part, in which the next paragraphs are', async () => {
    const chronicle = new Chronicle();
    await chronicle.track('long');
    const ids = Array.from({ length: 30 }, (_, at) => `p${at}`);
    await chronicle.revise(
      'long',
      '2024-03-05T00:00:00Z',
      ids.map((id) => ({ id, text: `${id} <& \u202e`.repeat(3_000) })),
    );
    for (const start of ['/pages/long', '/pages/long/revisions/1']) {
      const found: string[] = [];
      let address: string | undefined = start;
      while (address !== undefined) {
        const response = await follow(appOf(chronicle), address);
        const body = await response.text();
        expect([response.status, Buffer.byteLength(body) < 5_000_000]).toEqual([200, true]);
        const $ = load(body);
        found.push(
          ...$('.row')
            .toArray()
            .map((row) => String($(row).attr('id'))),
        );
        address = $('nav.more a[rel=next]').attr('href');
      }
      expect(found).toEqual(ids.map((id) => `p-${id}`));
    }
  });
});
