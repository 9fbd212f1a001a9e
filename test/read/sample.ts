import type { OpenAPIHono } from '@hono/zod-openapi';
import { createReader } from '#app/read/reader.ts';
import { createReadApp, type ReadAppOptions } from '#read/app.ts';
import { Chronicle } from '../support/chronicle.ts';

export const NOW = '2024-03-20T11:10:00.000Z';

export function appOf(chronicle: Chronicle, options: ReadAppOptions = {}): OpenAPIHono {
  return createReadApp(
    createReader({ history: chronicle.history, objects: chronicle.objects, now: () => NOW }),
    options,
  );
}

/** An answer; where it is a redirect, the one that it leads to. */
export async function follow(app: OpenAPIHono, path: string): Promise<Response> {
  const answer = await app.request(path);
  const address = answer.headers.get('Location');
  return answer.status === 302 && address !== null ? app.request(address) : answer;
}

const closed = { id: 'p1', text: 'The pass was closed on 4 March after a rockfall.', date: '2024-03-04' };
const talks = { id: 'p2', text: 'The cantons met on 6 March.', date: '2024-03-06' };
const opened = { id: 'p3', text: 'One lane was opened on 11 March.', date: '2024-03-11' };
const undated = { id: 'p4', text: 'The road carries a third of the traffic.' };

/** Two pages with a few revisions, and one that was not seen yet. */
export async function sample(): Promise<Chronicle> {
  const chronicle = new Chronicle();
  const checked = { lastCheckedAt: '2024-03-20T11:00:00.000Z', dueAt: '2024-03-20T11:30:00.000Z' };
  await chronicle.track('pass', { name: 'The pass' }, checked);
  await chronicle.track('rail', { url: 'https://rail.example/news?a=1&b=2' }, checked);
  await chronicle.track('unseen', {}, { dueAt: '2024-03-21T00:00:00.000Z' });
  await chronicle.revise('pass', '2024-03-07T08:00:00Z', [undated, closed, talks], {
    revision: { title: 'State of the pass' },
  });
  await chronicle.revise('rail', '2024-03-08T09:00:00Z', [
    { id: 'r1', text: 'Trains ran late on 6 March.', date: '2024-03-06' },
  ]);
  await chronicle.revise('pass', '2024-03-11T18:30:00Z', [undated, closed, talks, opened]);
  await chronicle.revise('pass', '2024-03-14T06:45:00Z', [
    undated,
    { ...closed, text: closed.text.replace('rockfall', 'landslide') },
    opened,
  ]);
  await chronicle.healthy('pass', '2024-03-07T08:00:00.000Z');
  await chronicle.looked('pass', [
    ['2024-03-07T08:00', 'changed'],
    ['2024-03-11T18:30', 'changed'],
    ['2024-03-12T07:00', 'failed'],
    ['2024-03-12T07:30', 'refused'],
    ['2024-03-14T06:45', 'changed'],
    ['2024-03-14T07:15', 'unchanged'],
  ]);
  return chronicle;
}
