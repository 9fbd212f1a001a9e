import { load } from 'cheerio/slim';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RevisionRecord } from '#core/history/types.ts';
import { problemSchema } from '#read/api/schema-parts.ts';
import { lifeSchema, revisionTextSchema } from '#read/api/schemas.ts';
import { sampleItems, sampleRevision } from '../contracts/samples.ts';
import type { Chronicle } from '../support/chronicle.ts';
import { appOf, follow, sample } from './sample.ts';

const at = '2024-03-18T00:00:00.000Z';

/** The sample, whose page of three revisions was made again by an import, with the revision that had number 2 before. */
async function renumbered(): Promise<{ chronicle: Chronicle; replaced: RevisionRecord }> {
  const chronicle = await sample();
  const replaced = sampleRevision('pass', 2, { observedAt: '2024-03-12T00:00:00.000Z', title: 'before the import' });
  await chronicle.history.append(sampleItems({ revision: replaced }));
  const check = await chronicle.history.check('pass');
  if (check === null) throw new Error('the sample tracks the page');
  await chronicle.history.putCheck({ ...check, renumbered: { at, from: 2, to: 2 } }, check);
  return { chronicle, replaced };
}

async function idsOf({ history }: Chronicle): Promise<string[]> {
  return (await history.revisions('pass')).map(({ id }) => id);
}

async function leadsTo(chronicle: Chronicle, path: string) {
  const { status, headers } = await appOf(chronicle).request(path);
  return [status, headers.get('Location'), headers.get('Cache-Control')];
}

describe('the number of a revision, and the beginning of its id', () => {
  it('lead to its permanent address, in the API and on the web', async () => {
    const chronicle = await sample();
    const [first = '', second = '', third = ''] = await idsOf(chronicle);
    for (const base of ['/api/pages/pass/revisions', '/pages/pass/revisions']) {
      for (const ref of ['2', second.slice(0, 8), second.slice(0, 40).toUpperCase()]) {
        expect(await leadsTo(chronicle, `${base}/${ref}`)).toEqual([302, `${base}/${second}`, 'no-store']);
      }
      expect((await appOf(chronicle).request(`${base}/${second}`)).status).toBe(200);
    }
    expect(await leadsTo(chronicle, '/api/pages/pass/revisions/2/changes')).toEqual([
      302,
      `/api/pages/pass/revisions/${second}/changes`,
      'no-store',
    ]);
    const diff = '/api/pages/pass/diff';
    expect((await leadsTo(chronicle, `${diff}?from=1&to=${third.slice(0, 9)}`))[1]).toBe(
      `${diff}?from=${first}&to=${third}`,
    );
    expect((await leadsTo(chronicle, `${diff}?from=1`))[1]).toBe(`${diff}?from=${first}`);
    expect((await leadsTo(chronicle, `${diff}?from=${first}&to=${third}`))[0]).toBe(200);
  });

  it('that moves on with time is answered where it is: latest, an instant, a day', async () => {
    const app = appOf(await sample());
    for (const [ref, number] of [
      ['latest', 3],
      ['2024-03-11', 2],
      ['2024-03-11T18:29:59Z', 1],
    ] as const) {
      const response = await app.request(`/api/pages/pass/revisions/${ref}`);
      expect([response.status, ((await response.json()) as { number: number }).number]).toEqual([200, number]);
      expect((await app.request(`/pages/pass/revisions/${ref}`)).status).toBe(200);
    }
  });

  it('of several revisions is an error that lists them', async () => {
    const chronicle = await sample();
    const ids = ['abcdef0123', 'abcdef01ff'].map((start) => start.padEnd(64, '7'));
    for (const [index, id] of ids.entries()) {
      await chronicle.history.append(sampleItems({ revision: { ...sampleRevision('pass', index + 1), id } }));
    }
    const response = await appOf(chronicle).request('/api/pages/pass/revisions/abcdef01');
    const problem = problemSchema.parse(await response.json());
    expect([response.status, problem.code, problem.revisions?.map(({ id }) => id)]).toEqual([400, 'ambiguous', ids]);
    for (const id of ids) expect(problem.detail).toContain(id);
    const page = await appOf(chronicle).request('/pages/pass/revisions/abcdef01');
    expect(page.status).toBe(400);
    const links = load(await page.text())('main li a').toArray();
    expect(links.map((link) => link.attribs.href)).toEqual(ids.map((id) => `/pages/pass/revisions/${id}`));
  });

  it('that no revision has is not found; leftovers of attempts that no import replaced are none', async () => {
    const chronicle = await sample();
    const leftover = await chronicle.revise('pass', '2024-03-19T00:00:00Z', [], { crash: 'power cut' });
    for (const ref of ['4', 'abcdef01', 'a'.repeat(64), leftover.id, leftover.id.slice(0, 8)]) {
      for (const base of ['/api/pages/pass/revisions', '/pages/pass/revisions']) {
        expect([ref, (await appOf(chronicle).request(`${base}/${ref}`)).status]).toEqual([ref, 404]);
      }
    }
  });

  it.each([
    'abcdef0',
    'abcdefg1',
    'a'.repeat(65),
    '12345678901'.repeat(6),
    '-1',
    '00000001x',
    '1e5',
    '٣',
    'LATEST',
    '%00',
    '2024-13-01',
    '<b>',
    '__proto__',
  ])('is refused where it is neither: %s', async (ref) => {
    const app = appOf(await sample());
    const api = await app.request(`/api/pages/pass/revisions/${encodeURIComponent(ref)}`);
    const sent = problemSchema.parse(await api.json());
    expect([api.status, sent.code]).toEqual([400, 'bad-query']);
    expect(sent.detail).toContain('8 to 64 hex digits');
    const web = await app.request(`/pages/pass/revisions/${encodeURIComponent(ref)}`);
    expect(web.status).toBe(400);
    expect(await web.text()).not.toContain('<b>');
  });

  it('is answered without a fault whatever it is', async () => {
    const { chronicle } = await renumbered();
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ minLength: 1 }), fc.stringMatching(/^[0-9a-f]{1,70}$/)), async (ref) => {
        for (const base of ['/api/pages/pass/revisions', '/pages/pass/revisions']) {
          const { status } = await appOf(chronicle).request(`${base}/${encodeURIComponent(ref)}`);
          expect([200, 302, 400, 404]).toContain(status);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('a paragraph', () => {
  it('has its place in the newest revision that has it, by the id of that: now, or before its removal', async () => {
    const chronicle = await sample();
    const ids = await idsOf(chronicle);
    const placeOf = async (paragraph: string, query = '') => {
      const response = await appOf(chronicle).request(`/api/pages/pass/paragraphs/${paragraph}${query}`);
      const { place, present } = lifeSchema.parse(await response.json());
      const revision = await follow(appOf(chronicle), `/api/pages/pass/revisions/${place.revisionId}`);
      const { paragraphs } = revisionTextSchema.parse(await revision.json());
      expect(paragraphs.map(({ id }) => id)).toContain(paragraph);
      return [ids.indexOf(place.revisionId) + 1, place.revision, present.at(-1)?.to?.revision ?? null];
    };
    expect(await placeOf('p1')).toEqual([3, 3, null]);
    expect(await placeOf('p2')).toEqual([2, 2, 3]);
    expect(await placeOf('p2', '?asOf=2024-03-08')).toEqual([1, 1, null]);
    await chronicle.revise('pass', '2024-03-19T00:00:00Z', [{ id: 'p2', text: 'The cantons met on 6 March.' }]);
    ids.push((await chronicle.history.head('pass'))?.revisionId ?? '');
    expect(await placeOf('p2')).toEqual([4, 4, null]);
    expect(await placeOf('p1')).toEqual([3, 3, 4]);
  });
});

describe('a page that an import renumbered', () => {
  it('answers an id of before with what happened, and the revision that is there now for its time', async () => {
    const { chronicle, replaced } = await renumbered();
    const [, second = ''] = await idsOf(chronicle);
    for (const ref of [replaced.id, replaced.id.slice(0, 8)]) {
      const response = await appOf(chronicle).request(`/api/pages/pass/revisions/${ref}`);
      const problem = problemSchema.parse(await response.json());
      expect([response.status, problem.code, problem.pageId]).toEqual([410, 'superseded', 'pass']);
      expect(problem.detail).toContain(`replaced by an import of older captures at ${at}`);
      expect(problem.revisions).toEqual([{ number: 2, id: second, observedAt: '2024-03-11T18:30:00.000Z' }]);
      const page = await appOf(chronicle).request(`/pages/pass/revisions/${ref}`);
      expect(page.status).toBe(410);
      expect(load(await page.text())('main li a').attr('href')).toBe(`/pages/pass/revisions/${second}`);
    }
    const diff = await appOf(chronicle).request(`/api/pages/pass/diff?from=${replaced.id}`);
    expect(diff.status).toBe(410);
  });

  it('shows the present revision of a number with a note on the web, without one at its permanent address', async () => {
    const { chronicle } = await renumbered();
    const [, second = ''] = await idsOf(chronicle);
    const response = await appOf(chronicle).request('/pages/pass/revisions/2');
    expect(response.status).toBe(200);
    const note = load(await response.text())('.notice');
    expect(note.text()).toContain('renumbered this page at 18 March 2024, 00:00 UTC');
    expect(note.find('a').attr('href')).toBe(`/pages/pass/revisions/${second}`);
    const permanent = await appOf(chronicle).request(`/pages/pass/revisions/${second}`);
    expect(load(await permanent.text())('.notice').length).toBe(0);
  });

  it('leads from a number to the present address in the API, whose answer has the time of the import', async () => {
    const { chronicle } = await renumbered();
    const marks = [];
    for (const number of [1, 2, 3]) {
      const response = await follow(appOf(chronicle), `/api/pages/pass/revisions/${number}`);
      marks.push(revisionTextSchema.parse(await response.json()).renumberedAt);
    }
    expect(marks).toEqual([null, at, null]);
    for (const [query, mark] of [
      ['from=1&to=3', null],
      ['from=1&to=2', at],
    ]) {
      const diff = await follow(appOf(chronicle), `/api/pages/pass/diff?${query}`);
      expect(await diff.json()).toMatchObject({ renumberedAt: mark });
    }
  });
});

describe('an address of the web reader that names nothing', () => {
  it.each([
    ['/pages/pass/revisions/no-ref', 'This names no revision', '(given: "no-ref")'],
    ['/pages/pass/paragraphs/p%201', 'This names no paragraph', '(given: "p 1")'],
  ])('%s is refused with what was given', async (path, fault, given) => {
    const response = await appOf(await sample()).request(path);
    expect(response.status).toBe(400);
    const text = load(await response.text())('.lead').text();
    expect(text).toContain(fault);
    expect(text).toContain(given);
  });
});
