import { describe, expect, it } from 'vitest';
import { type Advance, type AdvanceOptions, fingerprintOf, type Sighting } from '#core/history/advance.ts';
import { canonicalJson, sha256 } from '#core/history/canonical.ts';
import { changeRecords, documentHash, nextHead } from '#core/history/revision.ts';
import { timelineEntries } from '#core/history/timeline.ts';
import { pageSpec } from '../../contracts/samples.ts';
import { block, PROSE, page } from '../diff/support.ts';
import { Growth } from './support.ts';

const [a, b, c, d, e, f, g] = PROSE;
const spec = pageSpec('harbour');
const OPTIONS: AdvanceOptions = { parser: '7', technical: false, confirmed: false };

function sighting(day: number, texts: readonly string[], over: Partial<Sighting> = {}): Sighting {
  const fetchedAt = `2022-01-0${day}T10:00:00.000Z`;
  return {
    page: spec,
    capture: {
      id: `2022010${day}T100000000Z`,
      fetchedAt,
      sha256: `${day}`.repeat(64),
      seal: `${day}a`.repeat(32),
    },
    title: 'Harbour',
    period: '2022-01',
    charset: 'utf-8',
    lastModified: 'Sat, 01 Jan 2022 00:00:00 GMT',
    blocks: page(...texts.map((text) => block(text, '2022-01-01'))),
    ...over,
  };
}

/** Advances over a list of sightings, each of which must make a revision. */
async function history(...sightings: readonly Sighting[]): Promise<Advance> {
  const { last } = await grown(...sightings);
  if (last === null) throw new Error('There is no sighting');
  return last;
}

async function grown(...sightings: readonly Sighting[]): Promise<Growth> {
  const growth = new Growth();
  for (const one of sightings) {
    if ((await growth.see(one, OPTIONS)) === null) throw new Error('A sighting made no revision');
  }
  return growth;
}

describe('the first revision of a page', () => {
  it('is a whole: document, record, head and timeline, and no change', async () => {
    const { document, revision, changes, timeline, head } = await history(sighting(1, [a, b]));
    const { paragraphs } = document;
    expect(document).toEqual({
      pageId: 'harbour',
      number: 1,
      title: 'Harbour',
      period: '2022-01',
      charset: 'utf-8',
      lastModified: 'Sat, 01 Jan 2022 00:00:00 GMT',
      paragraphs,
    });
    expect(paragraphs.map(({ text }) => text)).toEqual([a, b]);
    const record = {
      pageId: 'harbour',
      number: 1,
      previous: null,
      observedAt: '2022-01-01T10:00:00.000Z',
      captureId: '20220101T100000000Z',
      sha256: '1'.repeat(64),
      captureSeal: '1a'.repeat(32),
      document: sha256(canonicalJson(document)),
      fingerprint: fingerprintOf(paragraphs),
      parser: '7',
      title: 'Harbour',
      period: '2022-01',
      paragraphs: 2,
      changes: 0,
      technical: false,
      revertedTo: null,
      replaced: false,
      confirmed: false,
    };
    expect(revision).toEqual({ ...record, id: sha256(canonicalJson(record)) });
    expect(changes).toEqual([]);
    expect(timeline).toEqual(timelineEntries([], paragraphs, revision));
    expect(head).toEqual({
      pageId: 'harbour',
      url: 'https://www.example.org/harbour.htm',
      name: null,
      title: 'Harbour',
      period: '2022-01',
      revision: 1,
      revisionId: revision.id,
      lineage: [revision.id.slice(0, 8)],
      firstObservedAt: '2022-01-01T10:00:00.000Z',
      observedAt: '2022-01-01T10:00:00.000Z',
      captureId: '20220101T100000000Z',
      sha256: '1'.repeat(64),
      document: documentHash(document),
      paragraphs: 2,
      textLength: a.length + b.length,
      oldestDate: '2022-01-01',
      newestDate: '2022-01-01',
      newestReport: '2022-01-01',
      parser: '7',
    });
  });
});

describe('the next revision of a page', () => {
  it('follows the one before in number, chain and lineage', async () => {
    const first = await history(sighting(1, [a, b]));
    const second = await history(sighting(1, [a, b]), sighting(2, [a, b, c]));
    expect(second.revision).toMatchObject({ number: 2, previous: first.revision.id, changes: 1, paragraphs: 3 });
    expect(second.document.number).toBe(2);
    expect(second.head).toEqual(nextHead(first.head, spec, second.revision, second.document.paragraphs));
    expect(second.head).toMatchObject({
      firstObservedAt: '2022-01-01T10:00:00.000Z',
      observedAt: '2022-01-02T10:00:00.000Z',
      lineage: [first.revision.id.slice(0, 8) + second.revision.id.slice(0, 8)],
    });
    expect(second.timeline).toEqual(
      timelineEntries(first.document.paragraphs, second.document.paragraphs, second.revision),
    );
  });

  it('gives each change its address', async () => {
    const { changes, revision } = await history(sighting(1, [a, b, c]), sighting(2, [a, c, d]));
    const address = { pageId: 'harbour', revision: 2, revisionId: revision.id, observedAt: '2022-01-02T10:00:00.000Z' };
    expect(changes).toMatchObject([
      { kind: 'removed', seq: 0, ...address },
      { kind: 'added', seq: 1, ...address },
    ]);
    expect(changeRecords([], revision)).toEqual([]);
  });

  it('does not exist where the page has the text of the last one', async () => {
    expect(await (await grown(sighting(1, [a, b]))).see(sighting(2, [a, b]), OPTIONS)).toBeNull();
  });

  it('names the revision whose text is back', async () => {
    const { revision } = await history(sighting(1, [a, b]), sighting(2, [a, b, c]), sighting(3, [a, b]));
    expect(revision).toMatchObject({ number: 3, revertedTo: 1 });
  });

  it('carries what the caller decided: a parser upgrade, an accepted mass change', async () => {
    const growth = await grown(sighting(1, [a, b]));
    const made = await growth.see(sighting(2, [c, d]), { parser: '8', technical: true, confirmed: true });
    expect(made?.revision).toMatchObject({ parser: '8', technical: true, confirmed: true });
  });

  it('is a new issue on a rolling page only, and never at first', async () => {
    const issues = async (rolling: boolean) => {
      const over = { page: { ...spec, rolling } };
      const first = sighting(1, [a, b, c], over);
      const made = await Promise.all([history(first), history(first, sighting(2, [e, f, g], over))]);
      return made.map(({ revision }) => revision.replaced);
    };
    expect(await issues(true)).toEqual([false, true]);
    expect(await issues(false)).toEqual([false, false]);
    const over = { page: { ...spec, rolling: true } };
    const grew = await history(sighting(1, [a, b, c], over), sighting(2, [a, b, c, d], over));
    expect(grew.revision.replaced).toBe(false);
  });
});

describe('a fingerprint', () => {
  it('is 16 hex digits that noise does not change and a word does', async () => {
    expect(fingerprintOf([{ text: a }])).toMatch(/^[0-9a-f]{16}$/);
    expect(fingerprintOf([{ text: 'one\u00a0two' }])).toBe(fingerprintOf([{ text: 'one two' }]));
    expect(fingerprintOf([{ text: 'one two' }])).not.toBe(fingerprintOf([{ text: 'one three' }]));
  });
});
