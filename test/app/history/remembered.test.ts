import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecallInMemory } from '#app/history/recall.ts';
import { READ_ALL, remembered, rememberingReader, type TextReader } from '#app/history/remembered.ts';
import { type Assessment, assess, type PageSoFar } from '#app/pipeline.ts';
import { dateBlocks } from '#core/dates/index.ts';
import { sealed } from '#core/evidence/seal.ts';
import { DEFAULT_HEALTH_POLICY } from '#core/health/step.ts';
import { canonicalJson, sha256 } from '#core/history/canonical.ts';
import { captureId } from '#core/history/revision.ts';
import { chroniclePage, REPORTS } from '../../support/sample-pages.ts';
import { PAGE } from '../../support/watched.ts';

/** Texts that read differently by what is around them, that differ by noise, that have numbers or no date at all. */
const TEXTS = [
  ...REPORTS.slice(0, 4),
  'Yesterday the pilots of the northern basin went on strike, and two days later they were back.',
  'On 14 March the ferry line, which had lost two of its ships, sold the third one to the islands.',
  'The mayor said \u201cwe will open it today\u201d and left the customs house by the other door.',
  'The mayor said "we will open it today" and left the customs house by the other door.',
  '1. The harbour office of Alba keeps a list of every ship that came into the northern basin.',
  '2. The harbour office of Alba keeps a list of every ship that came into the northern basin.',
  'Nothing else was reported from the islands by the survey ship or by the fishermen of the coast.',
];

const TITLES = ['Harbour Chronicle - January 2022', 'Harbour Chronicle', 'Harbour Chronicle - March 2021'];

const look = fc.record({
  texts: fc.array(fc.constantFrom(...TEXTS), { minLength: 2, maxLength: 9 }),
  title: fc.constantFrom(...TITLES),
  days: fc.integer({ min: 1, max: 40 }),
});

type Look = typeof look extends fc.Arbitrary<infer T> ? T : never;

/** What a page's captures give, one after another. */
async function assessed(looks: readonly Look[], texts: TextReader): Promise<unknown[]> {
  const recall = new RecallInMemory(null);
  let state: PageSoFar = { baseline: null, health: null };
  let at = Date.UTC(2022, 0, 14);
  const results: Assessment[] = [];
  for (const { texts: paragraphs, title, days } of looks) {
    at += days * 86_400_000;
    const body = chroniclePage(paragraphs, { title, noise: String(at) });
    const fetchedAt = new Date(at).toISOString();
    const facts = { pageId: PAGE.id, url: PAGE.url, finalUrl: PAGE.url, fetchedAt, status: 200, headers: {} };
    const capture = sealed({ ...facts, id: captureId(fetchedAt), sha256: sha256(body), bytes: body.byteLength });
    const options = { parser: '1', policyFor: () => ({ ...DEFAULT_HEALTH_POLICY, confirmAfter: 1 }), texts };
    const one = await assess(PAGE, capture, body, state, options);
    const { next, health } = one;
    if (next !== null) recall.add(next);
    const baseline =
      next === null
        ? state.baseline
        : { head: next.head, document: next.document, fingerprint: next.revision.fingerprint, recall };
    state = { baseline, health: health.record };
    results.push(one);
  }
  return results.map(({ read, verdict, health, next }) => ({
    dated: read.reading?.dated,
    fingerprint: read.fingerprint,
    verdict,
    health,
    next,
  }));
}

describe('a reader that remembers', () => {
  it('gives the same assessments as one that reads every text again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(look, { minLength: 1, maxLength: 6 }), async (looks) => {
        expect(await assessed(looks, rememberingReader())).toEqual(await assessed(looks, READ_ALL));
      }),
    );
  });

  it('gives documents whose JSON is that of the whole', async () => {
    const looks = TITLES.map((title) => ({ texts: TEXTS, title: `${title} "paragraphs":[ $& $1`, days: 1 }));
    const made = (await assessed(looks, rememberingReader())) as { next: Assessment['next'] }[];
    const first = made[0]?.next;
    expect(first?.documentJson).toBe(canonicalJson(first?.document));
    expect(first?.revision.document).toBe(sha256(first?.documentJson ?? ''));
  });

  it('may keep the dates of a page for a month: no day of a look counts, and its month does', () => {
    const heading = { text: 'Reports of | May 31st', kind: 'heading', level: 2, links: [] } as const;
    const blocks = [heading, ...TEXTS.map((text) => ({ text, kind: 'paragraph', links: [] }) as const)];
    const seen = (observedAt: string) => dateBlocks(blocks, { title: 'Log', url: null, observedAt });
    expect(seen('2022-06-30T23:59:59.999Z')).toEqual(seen('2022-06-01T00:00:00.000Z'));
    expect(seen('2022-04-30T00:00:00.000Z')).not.toEqual(seen('2022-06-30T00:00:00.000Z'));
  });
});

describe('a function that remembers', () => {
  it('gives the same, and asks for the texts of late no more', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')),
        fc.integer({ min: 1, max: 4 }),
        (texts, size) => {
          let asked: string[] = [];
          const read = remembered((text) => {
            asked.push(text);
            return text.toUpperCase();
          }, size);
          for (const [at, text] of texts.entries()) {
            asked = [];
            expect(read(text)).toBe(text.toUpperCase());
            // Of the texts before it, those that fit are known whatever order they came in.
            const late: string[] = [];
            for (let back = at - 1; back >= 0 && new Set([...late, texts[back]]).size <= size; back -= 1)
              late.push(texts[back] ?? '');
            if (late.includes(text)) expect(asked).toEqual([]);
          }
        },
      ),
    );
  });

  it('forgets texts that are long gone, so that its memory is bounded', () => {
    let asked = 0;
    const read = remembered((text) => {
      asked += 1;
      return text;
    }, 10);
    for (let at = 0; at < 30; at += 1) read(String(at));
    read('0');
    expect(asked).toBe(31);
  });
});
