import { describe, expect, it } from 'vitest';
import { type Reparsed, reparse } from '#app/history/reparse.ts';
import { notifyPage } from '#app/notify/notify.ts';
import { verify } from '#app/verify/verify.ts';
import { DEFAULT_RULES } from '#core/alerts/rules.ts';
import type { Alert } from '#core/alerts/types.ts';
import { summarize } from '#core/schedule/summary.ts';
import { eventfulCaptures, PAGE, Watched } from '../../support/watched.ts';
import { readBadly } from './older-parser.ts';

const OTHER = { ...PAGE, id: 'other', url: 'https://chronicle.example/other.htm' };

async function reparsed(store: Watched, pages = [PAGE, OTHER], stopAfter = 99): Promise<Reparsed[]> {
  const all: Reparsed[] = [];
  for await (const page of reparse({ history: store.history, objects: store.objects, parser: store.parser }, pages)) {
    all.push(page);
    if (all.length === stopAfter) break;
  }
  return all;
}

describe('pages read again by a newer parser', () => {
  it('get a technical revision for changes that only the parser made, without an alert', async () => {
    const store = await new Watched().seeAll(eventfulCaptures(2));
    await readBadly(store, PAGE.id);
    const [page] = await reparsed(store, [PAGE]);
    expect(page).toMatchObject({ outcome: 'technical' });
    const head = await store.history.head(PAGE.id);
    const last = await store.history.revision(PAGE.id, head?.revision ?? 0);
    expect(last).toMatchObject({ technical: true, parser: '1', number: page?.revision, changes: page?.changes });
    expect(last?.changes).toBeGreaterThan(0);
    const summary = summarize(head, await store.history.health(PAGE.id));
    expect((await store.history.check(PAGE.id))?.summary).toEqual(summary);
    const sent: Alert[] = [];
    const notifier = { send: async (alert: Alert) => void sent.push(alert) };
    const log = { info: () => {}, warn: () => {} };
    const rules = DEFAULT_RULES;
    const cursor = { pageId: PAGE.id, channel: null, revision: (head?.revision ?? 1) - 1, healthSeq: 99, version: 1 };
    await store.history.advanceCursor(cursor, null);
    await notifyPage(
      { history: store.history, channels: { console: notifier }, rules, readerUrl: null, log, now: () => new Date(0) },
      PAGE.id,
    );
    expect(sent).toEqual([]);
    expect((await store.history.alerts(PAGE.id)).at(-1)?.suppressed.every(({ reason }) => reason === 'technical')).toBe(
      true,
    );
  });

  it('are only marked when the new parser reads the same text', async () => {
    const store = await new Watched().seeAll(eventfulCaptures(2));
    const before = await store.history.head(PAGE.id);
    store.parser = '2';
    expect(await reparsed(store, [PAGE])).toEqual([
      { pageId: PAGE.id, outcome: 'same', revision: before?.revision, changes: 0 },
    ]);
    expect(await store.history.head(PAGE.id)).toEqual({ ...before, parser: '2' });
  });

  it('are read once: an interrupted run continues with the rest', async () => {
    const store = await new Watched().seeAll(eventfulCaptures(2));
    await store.seeAll(eventfulCaptures(2), OTHER);
    store.parser = '2';
    expect(await reparsed(store, [PAGE, OTHER], 1)).toHaveLength(1);
    expect((await reparsed(store)).map((page) => page.outcome)).toEqual(['current', 'same']);
    expect((await reparsed(store)).map((page) => page.outcome)).toEqual(['current', 'current']);
  });

  it('may have no capture', async () => {
    expect(await reparsed(new Watched(), [PAGE])).toEqual([
      { pageId: PAGE.id, outcome: 'never-seen', revision: null, changes: 0 },
    ]);
  });

  it('verify afterwards, including revisions of the older parser', async () => {
    const store = await new Watched().seeAll(eventfulCaptures(2));
    store.parser = '2';
    await reparsed(store, [PAGE]);
    await store.see({ at: '2022-03-01T00:00:00Z', body: eventfulCaptures(1)[0]?.body ?? new Uint8Array() });
    const findings: unknown[] = [];
    for await (const event of verify({ history: store.history, objects: store.objects, parser: '2', expires: false })) {
      if (event.type === 'finding') findings.push(event.finding);
    }
    expect(findings).toEqual([]);
  });
});
