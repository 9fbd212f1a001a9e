import { beforeEach, describe, expect, it } from 'vitest';
import { UnavailableError } from '#app/errors.ts';
import { fetchPage } from '#app/fetch/fetch.ts';
import { findCapture } from '#app/objects/captures.ts';
import type { FetchJob } from '#app/ports.ts';
import { sha256 } from '#core/history/canonical.ts';
import { captureId } from '#core/history/revision.ts';
import { blockPage, chroniclePage, REPORTS } from '../../support/sample-pages.ts';
import { openWorld, PAGE, type Store, type World } from '../world.ts';

let store: Store;
let world: World;
const body = chroniclePage(REPORTS.slice(0, 4));
const JOB: FetchJob = {
  page: PAGE,
  dueAt: '2022-01-12T07:59:00.000Z',
  etag: null,
  lastModified: null,
  knownSha256: null,
  full: true,
  previous: null,
  expiresAt: '2022-01-12T08:29:00.000Z',
};

beforeEach(async () => {
  ({ store, world } = await openWorld(body));
  return () => store.close();
});

describe('fetch', () => {
  it('stores a body before any record names it', async () => {
    const deps = {
      ...world.fetchDeps,
      ingestQueue: { send: async () => Promise.reject(new UnavailableError('the queue is away')) },
    };
    await expect(fetchPage(deps, JOB)).rejects.toThrow('the queue is away');
    expect(await world.captureIds()).toEqual([captureId(JOB.dueAt)]);
  });

  it('does not ask the site again when the job is delivered twice', async () => {
    const first = await fetchPage(world.fetchDeps, JOB);
    world.clock.advance({ minutes: 3 });
    world.shows(chroniclePage(REPORTS.slice(0, 5)));
    const second = await fetchPage(world.fetchDeps, JOB);
    expect(world.site.requests).toHaveLength(1);
    expect(second).toEqual(first);
    expect(world.ingestQueue.drain()).toEqual([first, first]);
  });

  it('skips an expired job: no request, no capture, no message, one line in the log', async () => {
    world.clock.set(JOB.expiresAt);
    expect(await fetchPage(world.fetchDeps, JOB)).toBeNull();
    expect(world.site.requests).toEqual([]);
    expect(await world.captureIds()).toEqual([]);
    expect(world.ingestQueue.drain()).toEqual([]);
    expect(world.log.lines).toMatchObject([{ level: 'warn', message: 'left an expired job' }]);
  });

  it('passes on the validators, and the request for a full body', async () => {
    await fetchPage(world.fetchDeps, {
      ...JOB,
      etag: 'W/"x"',
      lastModified: 'Wed, 12 Jan 2022 07:00:00 GMT',
      full: false,
    });
    expect(world.site.requests[0]).toEqual({
      url: PAGE.url,
      etag: 'W/"x"',
      lastModified: 'Wed, 12 Jan 2022 07:00:00 GMT',
      full: false,
    });
  });

  it('recognises the bytes of the baseline by their hash and stores nothing', async () => {
    const seen = await fetchPage(world.fetchDeps, { ...JOB, knownSha256: sha256(body) });
    expect(seen).toMatchObject({ kind: 'unchanged', full: true });
    expect(await world.captureIds()).toEqual([]);
  });

  it('does not recognise the bytes of the baseline in an error answer', async () => {
    world.shows(body, 503);
    const seen = await fetchPage(world.fetchDeps, { ...JOB, knownSha256: sha256(body) });
    expect(seen).toMatchObject({ kind: 'captured' });
  });

  it('keeps the body of any answer unchanged', async () => {
    world.site.say(PAGE.url, { body: blockPage(), status: 403, headers: { 'retry-after': '120', server: 'wall' } });
    await fetchPage(world.fetchDeps, JOB);
    expect(await findCapture(store.objects, PAGE.id, captureId(JOB.dueAt))).toMatchObject({
      status: 403,
      headers: { 'retry-after': '120', server: 'wall' },
      sha256: sha256(blockPage()),
      bytes: blockPage().byteLength,
      fetchedAt: '2022-01-12T08:00:00.000Z',
    });
  });

  it('keeps equal bytes once for all captures', async () => {
    for (const [index, dueAt] of ['2022-01-12T06:00:00.000Z', '2022-01-12T07:00:00.000Z'].entries()) {
      world.clock.advance({ minutes: index });
      await fetchPage(world.fetchDeps, { ...JOB, dueAt });
    }
    const bodies: string[] = [];
    for await (const key of store.objects.list('bodies/')) bodies.push(key);
    expect(bodies).toHaveLength(1);
    expect(await world.captureIds()).toHaveLength(2);
  });

  it('passes on a failure with its reason and requested pause', async () => {
    world.site.say(PAGE.url, { failure: 'postponed', retryAfterSeconds: 600 });
    expect(await fetchPage(world.fetchDeps, JOB)).toMatchObject({
      kind: 'failed',
      reason: 'postponed',
      retryAfterSeconds: 600,
      full: false,
    });
  });
});
