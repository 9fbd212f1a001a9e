import { describe, expect, it } from 'vitest';
import { type AdvanceOptions, advance, fingerprintOf, type Sighting } from '#core/history/advance.ts';
import { canonicalJson, sha256 } from '#core/history/canonical.ts';
import { changeRecords, documentHash, nextHead } from '#core/history/revision.ts';
import { timelineEntries } from '#core/history/timeline.ts';
import { pageSpec } from '../../contracts/samples.ts';
import { block, PROSE, page } from '../diff/support.ts';

const [a, b, c, d, e, f, g] = PROSE;
const spec = pageSpec('harbour');
const OPTIONS: AdvanceOptions = { parser: '7', technical: false, confirmed: false };

function sighting(day: number, texts: readonly string[], over: Partial<Sighting> = {}): Sighting {
  const fetchedAt = `2022-01-0${day}T10:00:00.000Z`;
  return {
    page: spec,
    capture: {
      id: `2022010${day}T100000000Z`,
      pageId: spec.id,
      url: spec.url,
      finalUrl: spec.url,
      fetchedAt,
      status: 200,
      headers: {},
      sha256: `${day}`.repeat(64),
      bytes: 100,
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
function history(...sightings: readonly Sighting[]) {
  let last: ReturnType<typeof advance> = null;
  for (const one of sightings) {
    last = advance(last, one, OPTIONS);
    if (last === null) throw new Error('A sighting made no revision');
  }
  if (last === null) throw new Error('There is no sighting');
  return last;
}

describe('the first revision of a page', () => {
  it('is a whole: document, record, head and timeline, and no change', () => {
    const { document, revision, changes, timeline, head } = history(sighting(1, [a, b]));
    const { paragraphs } = document;
    expect(document).toEqual({
      pageId: 'harbour',
      number: 1,
      title: 'Harbour',
      period: '2022-01',
      charset: 'utf-8',
      lastModified: 'Sat, 01 Jan 2022 00:00:00 GMT',
      paragraphs,
      gone: [],
      newestDate: '2022-01-01',
      fingerprints: [fingerprintOf(paragraphs)],
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
      lineage: revision.id.slice(0, 8),
      firstObservedAt: '2022-01-01T10:00:00.000Z',
      observedAt: '2022-01-01T10:00:00.000Z',
      captureId: '20220101T100000000Z',
      sha256: '1'.repeat(64),
      document: documentHash(document),
      paragraphs: 2,
      textLength: a.length + b.length,
      oldestDate: '2022-01-01',
      newestDate: '2022-01-01',
      parser: '7',
    });
  });
});

describe('the next revision of a page', () => {
  it('follows the one before in number, chain, lineage and fingerprints', () => {
    const first = history(sighting(1, [a, b]));
    const second = history(sighting(1, [a, b]), sighting(2, [a, b, c]));
    expect(second.revision).toMatchObject({ number: 2, previous: first.revision.id, changes: 1, paragraphs: 3 });
    expect(second.document).toMatchObject({
      number: 2,
      fingerprints: [...first.document.fingerprints, fingerprintOf(second.document.paragraphs)],
    });
    expect(second.head).toEqual(nextHead(first.head, spec, second.revision, second.document.paragraphs));
    expect(second.head).toMatchObject({
      firstObservedAt: '2022-01-01T10:00:00.000Z',
      observedAt: '2022-01-02T10:00:00.000Z',
      lineage: first.revision.id.slice(0, 8) + second.revision.id.slice(0, 8),
    });
    expect(second.timeline).toEqual(
      timelineEntries(first.document.paragraphs, second.document.paragraphs, second.revision),
    );
  });

  it('gives each change its address', () => {
    const { changes, revision } = history(sighting(1, [a, b, c]), sighting(2, [a, c, d]));
    const address = { pageId: 'harbour', revision: 2, revisionId: revision.id, observedAt: '2022-01-02T10:00:00.000Z' };
    expect(changes).toMatchObject([
      { kind: 'removed', seq: 0, ...address },
      { kind: 'added', seq: 1, ...address },
    ]);
    expect(changeRecords([], revision)).toEqual([]);
  });

  it('does not exist where the page has the text of the last one', () => {
    expect(advance(history(sighting(1, [a, b])), sighting(2, [a, b]), OPTIONS)).toBeNull();
  });

  it('names the revision whose text is back', () => {
    const { revision } = history(sighting(1, [a, b]), sighting(2, [a, b, c]), sighting(3, [a, b]));
    expect(revision).toMatchObject({ number: 3, revertedTo: 1 });
  });

  it('carries what the caller decided: a parser upgrade, an accepted mass change', () => {
    const first = history(sighting(1, [a, b]));
    const made = advance(first, sighting(2, [c, d]), { parser: '8', technical: true, confirmed: true });
    expect(made?.revision).toMatchObject({ parser: '8', technical: true, confirmed: true });
  });

  it('is a new issue on a rolling page only, and never at first', () => {
    const issues = (rolling: boolean) => {
      const over = { page: { ...spec, rolling } };
      const first = sighting(1, [a, b, c], over);
      return [history(first), history(first, sighting(2, [e, f, g], over))].map(({ revision }) => revision.replaced);
    };
    expect(issues(true)).toEqual([false, true]);
    expect(issues(false)).toEqual([false, false]);
    const over = { page: { ...spec, rolling: true } };
    expect(history(sighting(1, [a, b, c], over), sighting(2, [a, b, c, d], over)).revision.replaced).toBe(false);
  });
});

describe('a fingerprint', () => {
  it('is 16 hex digits that noise does not change and a word does', () => {
    expect(fingerprintOf([{ text: a }])).toMatch(/^[0-9a-f]{16}$/);
    expect(fingerprintOf([{ text: 'one\u00a0two' }])).toBe(fingerprintOf([{ text: 'one two' }]));
    expect(fingerprintOf([{ text: 'one two' }])).not.toBe(fingerprintOf([{ text: 'one three' }]));
  });
});
