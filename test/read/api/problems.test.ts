import { describe, expect, it } from 'vitest';
import { UnavailableError } from '#app/errors.ts';
import { createReader } from '#app/read/reader.ts';
import { problemSchema } from '#read/api/schema-parts.ts';
import { createReadApp } from '#read/app.ts';
import { Chronicle } from '../../support/chronicle.ts';
import { appOf, sample } from '../sample.ts';

async function problemAt(path: string) {
  const response = await appOf(await sample()).request(path);
  expect(response.headers.get('Content-Type')).toBe('application/problem+json');
  const sent = problemSchema.parse(await response.json());
  expect(sent.status).toBe(response.status);
  return sent;
}

describe('a wrong parameter is named with the given value', () => {
  it.each([
    ['/api/timeline?from=2022-13', '"from"', '"2022-13"'],
    ['/api/timeline?to=2023-02-29', '"to"', '"2023-02-29"'],
    ['/api/timeline?asOf=yesterday', '"asOf"', '"yesterday"'],
    ['/api/timeline?limit=0', '"limit"', '"0"'],
    ['/api/timeline?limit=501', '"limit"', '"501"'],
    ['/api/timeline?limit=1e2', '"limit"', '"1e2"'],
    ['/api/timeline?limit=1&limit=2', '"limit"', '["1","2"]'],
    ['/api/timeline?order=up', '"order"', '"up"'],
    ['/api/timeline?removed=maybe', '"removed"', '"maybe"'],
    ['/api/timeline?mentions=maybe', '"mentions"', '"maybe"'],
    ['/api/pages/pass/paragraphs/p%231', '"paragraph"', '"p#1"'],
    ['/api/timeline?form=2022', '"form"', 'unknown parameter'],
    ['/api/timeline?undated=true&from=2022', '"undated"', '"from"'],
    ['/api/timeline?from=2022-05&to=2022-04', '"to"', '2022-05 to 2022-04'],
    ['/api/timeline?after=zzz', '"after"', '"next"'],
    ['/api/changes?kind=added,changed', '"kind"', '"added,changed"'],
    ['/api/changes?since=', '"since"', '""'],
    ['/api/changes?since=2024-03-01T10:15 02:00', '"since"', '2024-03-01T10:15 02:00'],
    ['/api/pages/pass/revisions/0', '"ref"', '"0"'],
    ['/api/pages/pass/revisions/newest', '"ref"', '"newest"'],
    ['/api/pages/pass/revisions/2?asOf=2024', '"asOf"', 'at any time'],
    ['/api/pages/pass/diff', '"from"', ''],
    ['/api/pages/pass/diff?from=1&to=x', '"to"', '"x"'],
    ['/api/pages/pass?limit=3', '"limit"', 'unknown parameter'],
  ])('%s', async (path, field, given) => {
    const sent = await problemAt(path);
    expect(sent.status).toBe(400);
    expect(sent.detail).toContain(field);
    expect(sent.detail).toContain(given);
    expect(sent.detail).not.toContain('\n');
  });

  it('and a long value is cut', async () => {
    const sent = await problemAt(`/api/timeline?from=${'9'.repeat(5_000)}`);
    expect(sent.detail.length).toBeLessThan(400);
  });
});

describe('what does not exist', () => {
  it.each([
    '/api/pages/none',
    '/api/pages/none/revisions',
    '/api/pages/none/paragraphs/p1',
    '/api/pages/pass/paragraphs/p9',
    '/api/pages/pass/paragraphs/p3?asOf=2024-03-10',
    '/api/pages/none/changes',
    '/api/pages/none/quarantine',
    '/api/pages/unseen/revisions/latest',
    '/api/pages/pass/revisions/4',
    '/api/pages/pass/revisions/latest?asOf=2024-03-01',
    '/api/pages/pass/diff?from=1&to=9',
    '/api/changes?page=none',
    '/api/timeline?page=none',
    '/api/none',
    '/api',
  ])('%s is a 404 with a reason', async (path) => {
    const sent = await problemAt(path);
    expect([sent.status, sent.code]).toEqual([404, 'not-found']);
  });
});

describe('an internal error', () => {
  async function failing(error: Error) {
    const chronicle = new Chronicle();
    const logged: unknown[] = [];
    const history = { ...chronicle.history, pages: () => Promise.reject(error) };
    const reader = createReader({ history, objects: chronicle.objects, now: () => '' });
    const app = createReadApp(reader, { log: { warn: (...line) => logged.push(line) } });
    return { api: await app.request('/api/pages'), web: await app.request('/'), logged };
  }

  it('is logged and shows the caller no details', async () => {
    const { api, web, logged } = await failing(new Error('secret-table-arn'));
    expect([api.status, web.status]).toEqual([500, 500]);
    expect(await api.text()).not.toContain('secret');
    expect(await web.text()).not.toContain('secret');
    expect(JSON.stringify(logged)).toContain('secret-table-arn');
  });

  it('that is temporary has a Retry-After', async () => {
    const { api } = await failing(new UnavailableError('throttled'));
    expect([api.status, api.headers.get('Retry-After')]).toEqual([503, '5']);
    expect(await api.json()).toMatchObject({ code: 'unavailable' });
  });
});
