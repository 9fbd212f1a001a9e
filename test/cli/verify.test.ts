import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openLocalStore } from '#adapters/local/compose.ts';
import { storeCapture } from '#app/objects/captures.ts';
import { replayCapture } from '#app/replay.ts';
import { main } from '#cli/main.ts';
import { PARSER_VERSION } from '#core/names.ts';
import { chroniclePage, REPORTS } from '../support/sample-pages.ts';
import { PAGE, Watched } from '../support/watched.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daybook-verify-'));
  const { history, objects, close } = await openLocalStore(folder);
  const deps = { ...new Watched().deps, history, objects, parser: PARSER_VERSION };
  const headers = { 'content-type': 'text/html' };
  const first = { url: PAGE.url, fetchedAt: '2022-01-14T10:00:00.000Z', status: 200, headers };
  await replayCapture(deps, PAGE, first, Buffer.from(chroniclePage(REPORTS.slice(0, 4))));
  // What an import leaves that was ended before it judged anything.
  const meta = { pageId: PAGE.id, finalUrl: PAGE.url, ...first, fetchedAt: '2022-01-15T10:00:00.000Z' };
  await storeCapture(objects, '20220115T100000000Z', meta, Buffer.from(chroniclePage(REPORTS.slice(0, 6))), null);
  await close();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(...argv: string[]) {
  const out: string[] = [];
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
  const error = vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  try {
    return { code: await main(argv), out: out.join('') };
  } finally {
    write.mockRestore();
    error.mockRestore();
  }
}

describe('captures that wait to be judged', () => {
  it('are reported instead of "all sound", and are no fault', async () => {
    const { code, out } = await run('verify', '--data', folder);
    expect(code).toBe(0);
    expect(out).toMatch(/1 capture\b.*not judged yet/);
    expect(out).not.toContain('All sound');
  });

  it('are counted in JSON', async () => {
    const { code, out } = await run('verify', '--data', folder, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out.trim().split('\n').at(-1) ?? '')).toMatchObject({ type: 'summary', ok: true, waiting: 1 });
  });
});
