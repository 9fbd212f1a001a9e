import { describe, expect, it } from 'vitest';
import { createFetcher } from '#adapters/http/fetcher.ts';
import { createWayback } from '#adapters/http/wayback.ts';
import { ImportRun } from '#app/import/run.ts';
import { takeIn } from '#app/import/take-in.ts';
import { type ArchiveProgress, takeInArchive } from '#app/import/web-archive.ts';
import { findCapture, listCaptureIds, loadBody } from '#app/objects/captures.ts';
import { listen } from '../../support/loopback.ts';
import { createMemoryObjects } from '../../support/memory-objects.ts';
import { type Archived, archiveOf, closing } from './archive.ts';

const NOW = new Date('2022-06-01T00:00:00Z');
const PAGE = { id: 'harbour', url: 'https://chronicle.example/2022-01.htm' };

const FIVE: Archived[] = ['03', '04', '05', '06', '07'].map((day) => ({
  timestamp: `202201${day}101500`,
  body: `day ${day}`,
}));

async function taken(
  archive: Awaited<ReturnType<typeof archiveOf>>['archive'],
  objects = createMemoryObjects(),
  period = {},
) {
  const steps: ArchiveProgress[] = [];
  for await (const step of takeInArchive(
    objects,
    archive,
    PAGE,
    { from: null, to: null, ...period },
    new ImportRun(NOW),
  ))
    steps.push(step);
  return { objects, steps, last: steps.at(-1) };
}

describe('an archive that speaks the CDX API', () => {
  it('gives every capture its time, raw bytes and original headers', async () => {
    const { archive, server } = await archiveOf(FIVE);
    const { objects, last } = await taken(archive);
    expect(last).toMatchObject({ listed: 5, taken: 5, known: 0, skipped: 0 });
    const ids: string[] = [];
    for await (const id of listCaptureIds(objects, PAGE.id)) ids.push(id);
    expect(ids).toEqual(FIVE.map(({ timestamp }) => `${timestamp.slice(0, 8)}T${timestamp.slice(8)}000Z`));
    const capture = await findCapture(objects, PAGE.id, ids[0] ?? '');
    if (capture === null) throw new Error('no capture');
    expect(capture).toMatchObject({ fetchedAt: '2022-01-03T10:15:00.000Z', url: PAGE.url, status: 200 });
    expect(capture.headers).toEqual({
      server: 'Apache',
      'last-modified': 'Wed, 05 Jan 2022 10:00:00 GMT',
      'memento-datetime': 'Wed, 05 Jan 2022 10:15:00 GMT',
      'content-type': 'text/html; charset=windows-1252',
      'x-archive-digest': 'DIGEST',
    });
    expect(Buffer.from(await loadBody(objects, capture)).toString()).toBe('day 03');
    expect(server.paths()).toContain(`/web/20220103101500id_/${PAGE.url}`);
    expect(
      server
        .paths()
        .filter((path) => path.startsWith('/cdx'))
        .at(-1),
    ).toContain('resumeKey=4');
  });

  it('asks the archive for the period only', async () => {
    const { archive } = await archiveOf(FIVE);
    const { last } = await taken(archive, undefined, { from: '20220104', to: '20220106' });
    expect(last).toMatchObject({ listed: 3, taken: 3 });
  });

  it('continues after an interruption without requesting stored captures again', async () => {
    const { archive, server } = await archiveOf(FIVE);
    const objects = createMemoryObjects();
    for await (const step of takeInArchive(objects, archive, PAGE, { from: null, to: null }, new ImportRun(NOW)))
      if (step.taken === 2) break;
    const { last } = await taken(archive, objects);
    expect(last).toMatchObject({ listed: 5, taken: 3, known: 2 });
    const replays = server.paths().filter((path) => path.startsWith('/web/'));
    expect(new Set(replays).size).toBe(replays.length);
  });

  it('requests a second capture of the same second', async () => {
    const timestamp = '20220103101500';
    const twins = ['http', 'https'].map((scheme) => ({
      timestamp,
      body: `over ${scheme}`,
      digest: scheme.toUpperCase(),
      url: `${scheme}://chronicle.example/2022-01.htm`,
    }));
    let isDown = true;
    const { archive, server } = await archiveOf(twins, {
      before: (path) => (isDown && path.includes('id_/https:') ? 404 : null),
    });
    const first = await taken(archive);
    expect(first.last).toMatchObject({ taken: 1, skipped: 1 });
    isDown = false;
    const second = await taken(archive, first.objects);
    expect(second.last).toMatchObject({ listed: 2, taken: 1, known: 1, skipped: 0 });
    const third = await taken(archive, first.objects);
    expect(third.last).toMatchObject({ taken: 0, known: 2 });
    expect(server.paths().filter((path) => path.includes('id_/http:'))).toHaveLength(1);
  });

  it('recognises captures stored without a digest by their bytes', async () => {
    const body = 'abc';
    // The SHA-1 of "abc" (FIPS 180-4, example), in base 32.
    const digest = 'VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5';
    const { archive, server } = await archiveOf([{ timestamp: '20220103101500', body, digest }]);
    const objects = createMemoryObjects();
    const meta = { url: PAGE.url, finalUrl: PAGE.url, fetchedAt: '2022-01-03T10:15:00.000Z', status: 200, headers: {} };
    await takeIn(objects, PAGE.id, { id: null, ...meta, body: Buffer.from(body) });
    expect((await taken(archive, objects)).last).toMatchObject({ taken: 0, known: 1 });
    expect(server.paths().some((path) => path.startsWith('/web/'))).toBe(false);
  });

  it('imports a returning text as often as it is listed, after any interruptions', async () => {
    const timestamp = '20220103101500';
    const url = (part: string) => `https://chronicle.example/2022-01.htm?${part}`;
    const rows = ['a', 'b', 'a'].map((body, at) => ({ timestamp, body, digest: body, url: url(String(at)) }));
    const archive = {
      list: async function* () {
        for (const { body: _, ...row } of rows) yield { ...row, at: '2022-01-03T10:15:00.000Z' };
      },
      get: async ({ url: asked, at }: { url: string; at: string }) => {
        const body = Buffer.from(rows.find((row) => row.url === asked)?.body ?? '');
        return { id: null, url: asked, finalUrl: asked, fetchedAt: at, status: 200, headers: {}, body };
      },
    };
    const objects = createMemoryObjects();
    const period = { from: null, to: null };
    for (const end of [1, 2, 3, 4])
      for await (const step of takeInArchive(objects, archive, PAGE, period, new ImportRun(NOW)))
        if (step.listed === end) break;
    const bodies: string[] = [];
    for await (const id of listCaptureIds(objects, PAGE.id)) {
      const capture = await findCapture(objects, PAGE.id, id);
      if (capture !== null) bodies.push(Buffer.from(await loadBody(objects, capture)).toString());
    }
    expect(bodies).toEqual(['a', 'b', 'a']);
  });

  it('leaves out what is dated in the future, without asking for it', async () => {
    const { archive, server } = await archiveOf([{ timestamp: '20310103101500', body: 'tomorrow' }]);
    const { last } = await taken(archive);
    expect(last).toMatchObject({ taken: 0, skipped: 1, problem: expect.stringContaining('future') });
    expect(server.paths().some((path) => path.startsWith('/web/'))).toBe(false);
  });

  it('skips redirects, keeps error answers as evidence, and reports unavailable captures', async () => {
    const odd = [
      { timestamp: '20220101000000', body: 'moved', status: '301' },
      { timestamp: '20220102000000', body: 'gone for the day', status: '503' },
      { timestamp: '20220103000000', body: 'seen before', status: '-' },
    ];
    const { archive } = await archiveOf(odd, { before: (path) => (path.includes('20220103') ? 404 : null) });
    const { last, steps } = await taken(archive);
    expect(last).toMatchObject({ listed: 2, taken: 1, skipped: 1 });
    expect(steps.at(-1)?.problem).toContain('HTTP 404');
  });

  it('waits longer after each failure of the archive, then continues', async () => {
    const { archive, waits } = await archiveOf(FIVE.slice(0, 1), {
      before: (path, asked) => (path !== '/robots.txt' && asked <= 2 ? 503 : null),
    });
    const { last } = await taken(archive);
    expect(last).toMatchObject({ taken: 1 });
    expect(waits).toEqual([5_000, 10_000, 5_000, 10_000]);
  });

  it('fails with one line when the archive does not recover, or answers something else', async () => {
    const down = await archiveOf(FIVE, { before: () => 503 });
    await expect(taken(down.archive)).rejects.toMatchObject({
      code: 'archive',
      message: expect.stringContaining('5 tries'),
    });
    const html = await listen('127.0.0.1', (_, response) => void response.end('<html>'));
    const fetcher = createFetcher({
      allowedHosts: ['127.0.0.1'],
      allowLoopback: true,
      allowedPorts: [html.port],
      userAgent: 'daybook/test',
      minGapMs: 0,
    });
    closing.push(
      () => fetcher.close(),
      () => html.close(),
    );
    const archive = createWayback({
      fetcher,
      cdxBase: `${html.origin}/cdx`,
      replayBase: html.origin,
      sleep: async () => {},
    });
    await expect(taken(archive)).rejects.toMatchObject({
      code: 'archive',
      message: expect.stringContaining('CDX listing'),
    });
  });

  it('refuses the bytes of another time', async () => {
    const elsewhere = await listen('127.0.0.1', (request, response) => {
      if (request.url?.startsWith('/cdx') === true) {
        response.end(
          JSON.stringify([
            ['timestamp', 'original'],
            ['20220103101500', PAGE.url],
          ]),
        );
      } else if (request.url?.includes('20220103101500') === true) {
        response.writeHead(302, { location: `/web/20220109000000id_/${PAGE.url}` }).end();
      } else response.end('another day');
    });
    const fetcher = createFetcher({
      allowedHosts: ['127.0.0.1'],
      allowLoopback: true,
      allowedPorts: [elsewhere.port],
      userAgent: 'daybook/test',
      minGapMs: 0,
    });
    closing.push(
      () => fetcher.close(),
      () => elsewhere.close(),
    );
    const archive = createWayback({
      fetcher,
      cdxBase: `${elsewhere.origin}/cdx`,
      replayBase: `${elsewhere.origin}/web`,
      sleep: async () => {},
    });
    const { last } = await taken(archive);
    expect(last).toMatchObject({ taken: 0, skipped: 1, problem: expect.stringContaining('20220109000000') });
  });
});
