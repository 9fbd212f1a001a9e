import { describe, expect, it } from 'vitest';
import { type Recall, RecallInMemory, storedRecall } from '#app/history/recall.ts';
import { Visibility } from '#app/history/visibility.ts';
import type { HistoryStore } from '#app/ports.ts';
import { extendLineage } from '#core/history/lineage.ts';
import { RECALL_LIMIT } from '#core/history/past.ts';
import type { Head, RevisionRecord } from '#core/history/types.ts';
import { sampleHead, sampleItems, sampleMark, samplePast, sampleRevision } from '../../contracts/samples.ts';
import { createMemoryHistory } from '../../support/memory-history.ts';

const PAGE = 'page';

/** A stored history whose revisions remove one text each; `died` adds an attempt that no head names after each. */
async function grown(count: number, key: (number: number) => string, options: { readonly died?: boolean } = {}) {
  const history = createMemoryHistory();
  const memory = new RecallInMemory(null);
  let head: Head | null = null;
  for (let number = 1; number <= count; number += 1) {
    const fingerprint = `text ${number % 3}`;
    const at = new Date(Date.UTC(2022, 0, 1, number)).toISOString();
    const revision = sampleRevision(PAGE, number, { fingerprint, observedAt: at });
    const next = sampleHead(revision, head);
    const items = sampleItems({
      revision,
      past: [samplePast(revision, key(number))],
      chunks: chunksOf(head, revision),
    });
    await history.append(items);
    memory.add({ past: items.past, mark: sampleMark(revision) });
    if (options.died === true) {
      const dead = sampleRevision(PAGE, number, { fingerprint, title: 'of an attempt that died' });
      await history.append(sampleItems({ revision: dead, past: [samplePast(dead, key(number))] }));
    }
    await history.flipHead(next, head);
    head = next;
  }
  if (head === null) throw new Error('an empty history');
  return { history, head, memory };
}

const chunksOf = (head: Head | null, revision: RevisionRecord) => extendLineage(head, PAGE, revision.id).chunks;

const numbers = async (recall: Recall, ...keys: string[]) =>
  (await recall.texts(keys)).texts.map(({ revision }) => revision);

describe('the stored past of a page', () => {
  it('holds texts of the head’s own revisions, and none of attempts that died', async () => {
    const { history, head } = await grown(40, (number) => `key ${number % 4}`, { died: true });
    const found = (await storedRecall(history, head).texts(['key 1', 'key 3'])).texts;
    expect(found.map(({ revision }) => revision)).toEqual([
      37, 33, 29, 25, 21, 17, 13, 9, 5, 1, 39, 35, 31, 27, 23, 19, 15, 11, 7, 3,
    ]);
    expect(new Set(found.map(({ revisionId }) => revisionId)).size).toBe(20);
  });

  it('is seen from the head that was given, whatever came after it', async () => {
    const { history, head } = await grown(12, () => 'k');
    const older = await grown(5, () => 'k');
    expect(await numbers(storedRecall(history, older.head), 'k')).toEqual([5, 4, 3, 2, 1]);
    expect(await numbers(storedRecall(history, head), 'k')).toHaveLength(12);
  });

  it('stops at a bound, and names the key that has more', async () => {
    const { history, head } = await grown(RECALL_LIMIT + 3, (number) => (number <= 2 ? 'few' : 'many'));
    const { texts, crowded } = await storedRecall(history, head).texts(['few', 'many', 'none']);
    expect(texts.filter(({ key }) => key === 'few')).toHaveLength(2);
    expect(texts.filter(({ key }) => key === 'many').map(({ revision }) => revision)).toEqual(
      Array.from({ length: RECALL_LIMIT }, (_, at) => RECALL_LIMIT + 3 - at),
    );
    expect(crowded).toEqual(new Set(['many']));
  });

  it('holds exactly as many texts as the bound without being crowded', async () => {
    const { history, head } = await grown(RECALL_LIMIT, () => 'k');
    const { texts, crowded } = await storedRecall(history, head).texts(['k']);
    expect([texts.length, crowded.size]).toEqual([RECALL_LIMIT, 0]);
  });

  it('names the newest earlier revision with a text, never the head itself', async () => {
    const { history, head } = await grown(40, () => 'k', { died: true });
    const recall = storedRecall(history, head);
    expect(await recall.sameText('text 0')).toBe(39);
    expect(await recall.sameText('text 1')).toBe(37);
    expect(await recall.sameText('text 3')).toBeNull();
  });
});

describe('the past of a history that is being made', () => {
  it('answers as the store will', async () => {
    const { history, head, memory } = await grown(RECALL_LIMIT + 20, (number) => (number % 9 === 0 ? 'some' : 'many'));
    const stored = storedRecall(history, head);
    for (const keys of [['some'], ['many'], ['some', 'many', 'none'], []]) {
      expect(await memory.texts(keys)).toEqual(await stored.texts(keys));
    }
    for (const text of ['text 0', 'text 1', 'text 2', 'text 3'])
      expect(await memory.sameText(text)).toBe(await stored.sameText(text));
  });

  it('leaves out the same texts of a revision at the bound', async () => {
    const history = createMemoryHistory();
    const memory = new RecallInMemory(null);
    let head: Head | null = null;
    for (let number = 1; number <= RECALL_LIMIT / 2; number += 1) {
      const revision = sampleRevision(PAGE, number, { observedAt: new Date(Date.UTC(2022, 0, number)).toISOString() });
      const past = [0, 1, 2].map((seq) => samplePast(revision, 'k', { seq }));
      await history.append(sampleItems({ revision, past, chunks: chunksOf(head, revision) }));
      memory.add({ past, mark: sampleMark(revision) });
      const next = sampleHead(revision, head);
      await history.flipHead(next, head);
      head = next;
    }
    if (head === null) throw new Error('an empty history');
    expect(await memory.texts(['k'])).toEqual(await storedRecall(history, head).texts(['k']));
  });

  // After one or two revisions the text of the stored head is one that the page may return to.
  it.each([61, 62, 64])('goes on from a stored history of 60 revisions up to %i', async (last) => {
    const before = await grown(60, (number) => `key ${number % 2}`);
    const whole = await grown(last, (number) => `key ${number % 2}`);
    const memory = new RecallInMemory(storedRecall(before.history, before.head));
    for (let number = 61; number <= last; number += 1) {
      const revision = sampleRevision(PAGE, number, {
        fingerprint: `text ${number % 3}`,
        observedAt: new Date(Date.UTC(2022, 0, 1, number)).toISOString(),
      });
      memory.add({ past: [samplePast(revision, `key ${number % 2}`)], mark: sampleMark(revision) });
    }
    const stored = storedRecall(whole.history, whole.head);
    expect(await memory.texts(['key 0', 'key 1'])).toEqual(await stored.texts(['key 0', 'key 1']));
    for (const text of ['text 0', 'text 1', 'text 2'])
      expect(await memory.sameText(text)).toBe(await stored.sameText(text));
  });
});

describe('what a page’s lineage shows', () => {
  const item = ({ number, id }: RevisionRecord) => ({ revision: number, revisionId: id });

  it('is nothing without a head', async () => {
    const { history } = await grown(1, () => 'k');
    expect(await new Visibility(history).filter(null, [item(sampleRevision(PAGE, 1))])).toEqual([]);
  });

  it('asks the store for each chunk once', async () => {
    const { history, head } = await grown(100, () => 'k');
    const asked: string[] = [];
    const watched: Pick<HistoryStore, 'chunks'> = {
      chunks: (pageId, addresses) => {
        asked.push(...addresses.map(({ name }) => name));
        return history.chunks(pageId, addresses);
      },
    };
    const visibility = new Visibility(watched);
    const revisions = await history.revisions(PAGE);
    expect(await visibility.filter(head, revisions.map(item))).toHaveLength(100);
    expect(await visibility.shortIdOf(head, 7)).toBe(revisions[6]?.id.slice(0, 8));
    expect(await visibility.shortIdOf(head, 101)).toBeNull();
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked).toHaveLength(3);
  });

  it('is refused by name where a chunk is missing or is not what its name was made of', async () => {
    const { history, head } = await grown(40, () => 'k');
    const first = item((await history.revisions(PAGE))[0] ?? sampleRevision(PAGE, 1));
    const none = new Visibility({ chunks: async () => [] });
    await expect(none.filter(head, [first])).rejects.toThrow(/lineage of page is incomplete: chunk 1#0#[0-9a-f]{8}/);
    const damaged = new Visibility({
      chunks: async (pageId, addresses) => {
        const found = await history.chunks(pageId, addresses);
        return found.map((chunk) => ({ ...chunk, entries: chunk.entries.replace(/^./, 'g') }));
      },
    });
    await expect(damaged.filter(head, [first])).rejects.toThrow('The lineage of page is damaged: chunk 1#0#');
  });
});
