import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import {
  alertSchema,
  changeItemSchema,
  coverageSchema,
  diffSchema,
  healthSummarySchema,
  lifeSchema,
  listedPageSchema,
  listing,
  pageSchema,
  quarantineSchema,
  revisionSchema,
  revisionTextSchema,
  timelineItemSchema,
} from '#read/api/schemas.ts';
import { appOf, follow, sample } from '../sample.ts';

interface Answer {
  readonly items: readonly {
    readonly text: string;
    readonly pageId: string;
    readonly revision: number;
    readonly kind: string;
  }[];
  readonly number: number;
  readonly from: { readonly number: number };
  readonly to: { readonly number: number };
}

async function get(path: string): Promise<Answer> {
  const response = await follow(appOf(await sample()), path);
  expect([response.status, response.headers.get('Content-Type')]).toEqual([200, 'application/json']);
  return response.json() as Promise<Answer>;
}

describe('every answer matches the API description', () => {
  it.each<[string, z.ZodType]>([
    ['/api/pages', listing(listedPageSchema)],
    ['/api/pages/pass', pageSchema],
    ['/api/pages/unseen', pageSchema],
    ['/api/pages/pass/revisions', listing(revisionSchema)],
    ['/api/pages/pass/revisions/2', revisionTextSchema],
    ['/api/pages/pass/revisions/latest', revisionTextSchema],
    ['/api/pages/pass/revisions/2/changes', listing(changeItemSchema)],
    ['/api/pages/pass/paragraphs/p1', lifeSchema],
    ['/api/pages/pass/paragraphs/p2', lifeSchema],
    ['/api/pages/pass/changes', listing(changeItemSchema)],
    ['/api/pages/pass/diff?from=1&to=3', diffSchema],
    ['/api/pages/pass/quarantine', listing(quarantineSchema)],
    ['/api/pages/pass/alerts', listing(alertSchema)],
    ['/api/pages/pass/coverage', listing(coverageSchema)],
    ['/api/changes', listing(changeItemSchema)],
    ['/api/timeline', listing(timelineItemSchema)],
    ['/api/timeline?mentions=true', listing(timelineItemSchema)],
    ['/api/timeline?undated=true', listing(timelineItemSchema)],
    ['/api/health', listing(healthSummarySchema)],
  ])('%s', async (path, schema) => {
    expect(schema.safeParse(await get(path)).error).toBeUndefined();
  });
});

describe('the timeline', () => {
  const texts = async (query: string) =>
    (await get(`/api/timeline${query}`)).items.map((item) => item.text.split(' ').slice(0, 2).join(' '));

  it.each([
    ['', ['The pass', 'Trains ran', 'One lane']],
    ['?order=newest', ['One lane', 'Trains ran', 'The pass']],
    ['?from=2024-03-05', ['Trains ran', 'One lane']],
    ['?to=2024-03-06', ['The pass', 'Trains ran']],
    ['?from=2024-03&to=2024-03', ['The pass', 'Trains ran', 'One lane']],
    ['?from=2024&to=2024', ['The pass', 'Trains ran', 'One lane']],
    ['?from=2025', []],
    ['?page=pass', ['The pass', 'One lane']],
    ['?page=pass&removed=true', ['The pass', 'The cantons', 'One lane']],
    ['?asOf=2024-03-08', ['The pass', 'The cantons', 'Trains ran']],
    ['?asOf=2024-03-08T08:59:59Z', ['The pass', 'The cantons']],
    ['?undated=true', ['The road']],
  ])('answers %s', async (query, expected) => {
    expect(await texts(query)).toEqual(expected);
  });
});

describe('changes', () => {
  const named = async (path: string) =>
    (await get(path)).items.map((item) => `${item.pageId} ${item.revision} ${item.kind}`);

  it.each([
    ['/api/changes', ['pass 2 added', 'pass 3 edited', 'pass 3 removed']],
    ['/api/changes?order=newest', ['pass 3 removed', 'pass 3 edited', 'pass 2 added']],
    ['/api/changes?kind=added,removed', ['pass 2 added', 'pass 3 removed']],
    ['/api/changes?kind=added&kind=removed', ['pass 2 added', 'pass 3 removed']],
    ['/api/changes?since=2024-03-12', ['pass 3 edited', 'pass 3 removed']],
    ['/api/changes?until=2024-03-11', ['pass 2 added']],
    ['/api/changes?until=2024-03-11T18:30:00Z', []],
    ['/api/changes?page=rail', []],
    ['/api/changes?late=true', []],
    ['/api/pages/pass/changes?kind=edited', ['pass 3 edited']],
  ])('answers %s', async (path, expected) => {
    expect(await named(path)).toEqual(expected);
  });
});

describe('revisions', () => {
  it.each([
    ['latest', 3],
    ['2', 2],
    ['latest?asOf=2024-03-11', 2],
    ['latest?asOf=2024-03-11T18:29:59Z', 1],
    ['latest?asOf=2030', 3],
  ])('%s is revision %i', async (which, number) => {
    expect((await get(`/api/pages/pass/revisions/${which}`)).number).toBe(number);
  });

  it('differ from one to the newest unless another is named', async () => {
    const { from, to } = await get('/api/pages/pass/diff?from=1');
    expect([from.number, to.number]).toEqual([1, 3]);
  });
});

describe('a listing continues', () => {
  it.each([
    '/api/timeline',
    '/api/changes',
    '/api/pages',
    '/api/health',
    '/api/pages/pass/revisions',
    '/api/changes?order=newest',
    '/api/pages/pass/coverage?from=2024-03-10&to=2024-03-15',
    '/api/pages/pass/revisions?order=newest',
  ])('%s: by its Link header, one item at a time, to the same list', async (path) => {
    const app = appOf(await sample());
    const whole = (await (await app.request(path)).json()) as Answer;
    const items: unknown[] = [];
    let address: string | undefined = `${path}${path.includes('?') ? '&' : '?'}limit=1`;
    while (address !== undefined) {
      const response: Response = await app.request(address);
      const part = (await response.json()) as { items: unknown[]; next: string | null };
      items.push(...part.items);
      const link: string | null = response.headers.get('Link');
      address = link?.match(/^<([^>]+)>; rel="next"$/)?.[1];
      expect(part.next === null).toBe(address === undefined);
    }
    expect(items).toEqual(whole.items);
  });
});
