import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Listing, Paging } from '#app/ports.ts';
import { encodeCursor } from '#app/read/cursor.ts';
import { createReader, type Reader } from '#app/read/reader.ts';
import { UsageError } from '#core/errors.ts';
import { captureId } from '#core/history/revision.ts';
import { appOf } from '../../read/sample.ts';
import { Chronicle } from '../../support/chronicle.ts';

const timeOf = (minute: number) => new Date(Date.UTC(2024, 2, 1) + minute * 60_000).toISOString();
const readerOf = ({ history, objects }: Chronicle): Reader => createReader({ history, objects, now: () => timeOf(9) });

async function withRecords(captures: number, alerts: number, subject = 'News'): Promise<Chronicle> {
  const chronicle = new Chronicle();
  for (const page of ['road', 'road-2']) {
    await chronicle.track(page);
    for (let at = 0; at < captures; at += 1) {
      const evidence = { sha256: 'a'.repeat(64), status: 403, reason: 'block-page', detail: 'Denied' };
      const fetchedAt = timeOf(at);
      await chronicle.history.quarantine({ pageId: page, captureId: captureId(fetchedAt), fetchedAt, ...evidence });
    }
    for (let at = 0; at < alerts; at += 1) {
      const key = `${page}/revision/${at}/abcdef01`;
      const channel = [null, 'sns', 'console'][at % 3] ?? null;
      await chronicle.history.recordAlert({
        ...{ pageId: page, key, channel, at: timeOf(at) },
        ...{ sent: channel !== null, suppressed: [], subject },
      });
    }
  }
  return chronicle;
}

async function whole<T>(limit: number, ask: (paging: Paging) => Promise<Listing<T>>): Promise<T[]> {
  const found: T[] = [];
  let next: string | null = null;
  do {
    const part: Listing<T> = await ask({ limit, ...(next === null ? {} : { after: next }) });
    expect(part.items.length).toBeLessThanOrEqual(limit);
    if (part.next !== null) expect(part.items).toHaveLength(limit);
    found.push(...part.items);
    next = part.next;
  } while (next !== null);
  return found;
}

describe('quarantine and alerts', () => {
  it('come in parts that are together all of one page, in order and none twice, whatever the size of a part', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(7), fc.nat(7), fc.integer({ min: 1, max: 9 }), async (captures, alerts, limit) => {
        const chronicle = await withRecords(captures, alerts);
        const reader = readerOf(chronicle);
        const quarantined = await whole(limit, (paging) => reader.quarantine('road', paging));
        expect(quarantined).toEqual(await chronicle.history.quarantined('road', 99));
        expect(quarantined).toHaveLength(captures);
        const sent = await whole(limit, (paging) => reader.alerts('road', paging));
        expect(sent).toEqual(await chronicle.history.alerts('road'));
        expect(sent).toHaveLength(alerts);
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ['of another listing', encodeCursor('pages', { page: 'road' })],
    ['of a key that no store takes', encodeCursor('alerts', { channel: null, key: 'road\u0000' })],
    ['of an empty key', encodeCursor('alerts', { channel: 'sns', key: '' })],
    ['of a capture that is none', encodeCursor('quarantine', { capture: '\u0001' })],
    ['that is nonsense', 'x'],
  ])('refuse a cursor %s', async (_, after) => {
    const reader = readerOf(await withRecords(1, 1));
    await expect(reader.alerts('road', { limit: 1, after })).rejects.toThrow(UsageError);
    await expect(reader.quarantine('road', { limit: 1, after })).rejects.toThrow(UsageError);
  });

  it.each(['quarantine', 'alerts'])('%s: the API links each part to the next one', async (name) => {
    const app = appOf(await withRecords(5, 5));
    let address: string | undefined = `/api/pages/road/${name}?limit=2`;
    const sizes: number[] = [];
    while (address !== undefined) {
      const response: Response = await app.request(address);
      sizes.push(((await response.json()) as { items: unknown[] }).items.length);
      address = response.headers.get('Link')?.match(/^<([^>]+)>; rel="next"$/)?.[1];
    }
    expect(sizes).toEqual([2, 2, 1]);
  });

  it('of more than 5 MB come in answers that a deployment can send', async () => {
    const app = appOf(await withRecords(0, 30, 'x'.repeat(400_000)));
    const response = await app.request('/api/pages/road/alerts');
    const body = await response.text();
    expect(Buffer.byteLength(body)).toBeLessThan(5_010_000);
    const { items, next } = JSON.parse(body) as Listing<unknown>;
    const rest = (await (await app.request(`/api/pages/road/alerts?after=${next}`)).json()) as Listing<unknown>;
    expect([items.length + rest.items.length <= 30, items.length > 0, rest.items.length > 0]).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('on the health page of the web reader continue each on its own', async () => {
    const app = appOf(await withRecords(60, 60));
    const first = await (await app.request('/pages/road/health')).text();
    const [captures, alerts] = ['quarantineAfter', 'alertsAfter'].map(
      (name) => first.match(new RegExp(`href="([^"]*${name}=[^"]*)"`))?.[1] ?? '',
    );
    const older = await (await app.request(captures ?? '')).text();
    expect([older.match(/block-page/g)?.length, older.match(/<td>News<\/td>/g)?.length]).toEqual([10, 50]);
    const more = await (await app.request(alerts ?? '')).text();
    expect([more.match(/block-page/g)?.length, more.match(/<td>News<\/td>/g)?.length]).toEqual([50, 10]);
  });
});
