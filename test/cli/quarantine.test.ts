import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLocalStore } from '#adapters/local/compose.ts';
import type { QuarantineRecord } from '#core/health/quarantine.ts';
import { Chronicle } from '../support/chronicle.ts';
import { jsonLines, run } from '../support/cli.ts';

const doubted = (pageId: string, at: string, record: Partial<QuarantineRecord> = {}): QuarantineRecord => ({
  pageId,
  captureId: at.replace(/[-:.]/g, ''),
  fetchedAt: at,
  sha256: 'ab'.repeat(32),
  status: 200,
  reason: 'captcha',
  detail: 'the page is a challenge',
  ...record,
});

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daybook-test-'));
  const store = await openLocalStore(folder);
  const chronicle = new Chronicle(store.history, store.objects);
  for (const id of ['harbour', 'valley', 'well']) await chronicle.track(id);
  await store.history.quarantine(doubted('harbour', '2022-01-10T10:15:00.000Z'));
  await store.history.quarantine(
    doubted('harbour', '2022-01-12T10:15:00.000Z', {
      status: 503,
      reason: 'maintenance',
      detail: 'back \u001b[31msoon',
    }),
  );
  await store.history.quarantine(doubted('valley', '2022-01-11T10:15:00.000Z'));
  await store.close();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const listed = async (...argv: string[]) => {
  const { code, out, err } = await run('quarantine', ...argv, '--data', folder, '--json');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const [answer] = jsonLines<{ items: QuarantineRecord[] }>(out);
  return answer?.items.map((record) => `${record.pageId} ${record.fetchedAt.slice(0, 10)}`);
};

describe('daybook quarantine', () => {
  it('lists the quarantined captures of a page, newest first', async () => {
    expect(await listed('harbour')).toEqual(['harbour 2022-01-12', 'harbour 2022-01-10']);
  });

  it('lists those of all pages when none is named', async () => {
    expect(await listed()).toEqual(['harbour 2022-01-12', 'valley 2022-01-11', 'harbour 2022-01-10']);
  });

  it('lists at most the given number', async () => {
    expect(await listed('--limit', '2')).toEqual(['harbour 2022-01-12', 'valley 2022-01-11']);
    expect(await listed('harbour', '--limit', '1')).toEqual(['harbour 2022-01-12']);
  });

  it('prints time, status and reason, and no terminal control characters of the page', async () => {
    const { code, out } = await run('quarantine', 'harbour', '--data', folder);
    expect(code).toBe(0);
    expect(out).toContain('2022-01-12 10:15');
    expect(out).toMatch(/503 +│? *maintenance/);
    expect(out).toContain('abababababab');
    expect(out).not.toContain('\u001b[31m');
  });

  it('reports an empty quarantine', async () => {
    expect((await run('quarantine', 'well', '--data', folder)).out).toBe('No capture is in quarantine.\n');
  });

  it('reports an untracked page', async () => {
    const { code, out, err } = await run('quarantine', 'nowhere', '--data', folder);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('No page with the id "nowhere" is tracked');
  });

  it('takes a limit above what one answer of the reader holds, and refuses one that no terminal shows', async () => {
    expect(await listed('--limit', '501')).toEqual(await listed('--limit', '500'));
    expect((await run('quarantine', '--limit', '10001', '--data', folder)).code).toBe(2);
  });
});
