import { describe, expect, it } from 'vitest';
import { bulletinOf } from '#app/bulletins/record.ts';
import type { HistoryStore } from '#app/ports.ts';
import { unsentPages } from '#app/redrive/unsent.ts';
import { pageSpec, sampleCheck, sampleHead, sampleHealth, sampleRevision } from '../../contracts/samples.ts';
import { createMemoryHistory } from '../../support/memory-history.ts';

const AT = '2026-11-20T10:00:00.000Z';

interface PageState {
  /** Of the head and of the newest event of health; 0: there is none. */
  readonly revision?: number;
  readonly healthSeq?: number;
  /** By channel. */
  readonly cursors?: Readonly<Record<string, readonly [revision: number, healthSeq: number]>>;
}

async function put(history: HistoryStore, id: string, { revision = 0, healthSeq = 0, cursors = {} }: PageState) {
  await history.putCheck(sampleCheck(id, AT), null);
  if (revision > 0) await history.flipHead(sampleHead(sampleRevision(id, revision)), null);
  if (healthSeq > 0) await history.flipHealth(sampleHealth(id, 1, { seq: healthSeq }), null);
  for (const [channel, [sent, seq]] of Object.entries(cursors)) {
    await history.advanceCursor({ pageId: id, channel, revision: sent, healthSeq: seq, version: 1 }, null);
  }
}

async function unsentOf(history: HistoryStore, channels = ['sns']): Promise<{ ids: string[]; looked: number[] }> {
  const looking = unsentPages(history, channels);
  const looked: number[] = [];
  for (;;) {
    const { done, value } = await looking.next();
    if (done === true) return { ids: value, looked };
    looked.push(value);
  }
}

describe('pages with unsent alerts', () => {
  it.each<[string, PageState, boolean]>([
    ['nothing seen yet', {}, false],
    ['everything sent', { revision: 3, healthSeq: 2, cursors: { sns: [3, 2] } }, false],
    ['a revision behind', { revision: 3, cursors: { sns: [2, 0] } }, true],
    ['an event of health behind', { revision: 3, healthSeq: 2, cursors: { sns: [3, 1] } }, true],
    ['never notified', { revision: 1 }, true],
    ['down and never seen', { healthSeq: 1 }, true],
    ['a channel that begins where another is', { revision: 3, cursors: { mail: [3, 0] } }, false],
    ['a channel that is gone being behind', { revision: 3, cursors: { sns: [3, 0], old: [1, 0] } }, false],
  ])('%s', async (_, state, isLate) => {
    const history = createMemoryHistory();
    await put(history, 'a', state);
    expect((await unsentOf(history)).ids).toEqual(isLate ? ['a'] : []);
  });

  it('are found among many, in order, each looked at once', async () => {
    const history = createMemoryHistory();
    const late = new Set(['p003', 'p099', 'p100', 'p224']);
    for (let number = 0; number < 225; number += 1) {
      const id = `p${String(number).padStart(3, '0')}`;
      await put(history, id, { revision: 2, cursors: { sns: [late.has(id) ? 1 : 2, 0] } });
    }
    expect(await unsentOf(history)).toEqual({ ids: [...late], looked: [100, 200, 225] });
  });

  it('are those that one of several channels is behind with', async () => {
    const history = createMemoryHistory();
    await put(history, 'a', { revision: 2, cursors: { sns: [2, 0], mail: [1, 0] } });
    expect((await unsentOf(history, ['sns', 'mail'])).ids).toEqual(['a']);
    expect((await unsentOf(history, ['sns'])).ids).toEqual([]);
  });

  it('are followed by the messages about several pages that were not sent', async () => {
    const history = createMemoryHistory();
    await put(history, 'a', {});
    const host = bulletinOf(pageSpec('a').url);
    for (const pageId of [host, '@daybook']) {
      const empty = { messages: [], outages: [], count: 0, version: 1 };
      await history.putBulletin({ ...empty, pageId, seq: 2 }, null);
    }
    expect((await unsentOf(history)).ids).toEqual(['@daybook', host]);
    await history.advanceCursor({ pageId: host, channel: 'sns', revision: 0, healthSeq: 2, version: 1 }, null);
    expect((await unsentOf(history)).ids).toEqual(['@daybook']);
  });
});
