import { load } from 'cheerio/slim';
import { exportPages } from '#app/export/export.ts';
import { paragraphsOf } from '#app/objects/stored-text.ts';
import { createReader, NotFoundError, type ParagraphLife, type Reader, type TimelineItem } from '#app/read/reader.ts';
import type { Change } from '#core/diff/types.ts';
import { UsageError } from '#core/errors.ts';
import type { Life } from '#core/history/life.ts';
import { createReadApp } from '#read/app.ts';
import { explanations } from '../../../src/cli/commands/query/explain.ts';
import { PAGES, whole } from '../../app/read/history.ts';
import type { Chronicle } from '../../support/chronicle.ts';
import { NOW } from '../sample.ts';
import type { DayAnswer, LifeAnswer } from './questions.ts';

/** Everything that answers what a paragraph was, and what was on a day. A surface answers the questions that it can. */
export interface Surface {
  readonly life?: (page: string, id: string, asOf: string) => Promise<LifeAnswer | null>;
  /** Of paragraphs that are present and no headings. */
  readonly present?: (page: string, id: string, asOf: string) => Promise<LifeAnswer | null>;
  readonly day?: (day: string, asOf: string) => Promise<DayAnswer>;
}

export function surfacesOf(chronicle: Chronicle): Readonly<Record<string, Surface>> {
  const reader = createReader({ history: chronicle.history, objects: chronicle.objects, now: () => NOW });
  const app = createReadApp(reader);
  const json = async <T>(path: string, query: Record<string, string> = {}): Promise<T | null> => {
    const response = await app.request(`${path}?${new URLSearchParams(query)}`);
    if (response.status === 404) return null;
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return response.json() as Promise<T>;
  };
  const page = async (path: string, query: Record<string, string>) => {
    const response = await app.request(`${path}?${new URLSearchParams(query)}`);
    return response.status === 404 ? null : load(await response.text());
  };
  return {
    'the use cases': {
      life: (id, paragraph, asOf) => orNull(async () => answerOf(await reader.life(id, paragraph, asOf))),
      present: async (id, paragraph, asOf) => seenIn(await timelineOf(reader, id, asOf), paragraph),
      day: async (day, asOf) =>
        dayOf(await whole(3, (after) => reader.timeline({ from: day, to: day, asOf, limit: 3, ...after }))),
    },
    'the changes': { life: (id, paragraph, asOf) => lifeByChanges(reader, id, paragraph, asOf) },
    'the API': {
      async life(id, paragraph, asOf) {
        const life = await json<ParagraphLife>(`/api/pages/${id}/paragraphs/${paragraph}`, { asOf });
        return life === null ? null : answerOf(life);
      },
      async present(id, paragraph, asOf) {
        const revision = await json<{ paragraphs: TimelineItem[] }>(`/api/pages/${id}/revisions/latest`, { asOf });
        const found = revision?.paragraphs.find((one) => (one as { readonly id?: string }).id === paragraph);
        return found === undefined ? null : seen(found);
      },
      async day(day, asOf) {
        const query = { from: day, to: day, asOf, limit: '500' };
        return dayOf((await json<{ items: TimelineItem[] }>('/api/timeline', query))?.items ?? []);
      },
    },
    'the web reader': {
      async life(id, paragraph, asOf) {
        const $ = await page(`/pages/${id}/paragraphs/${paragraph}`, { asOf });
        if ($ === null) return null;
        const lists = $('main ul').toArray();
        const times = (list: number) =>
          $(lists.slice(list, list + 1))
            .children('li')
            .toArray()
            .map((row) =>
              $(row)
                .find('time')
                .toArray()
                .map((time) => time.attribs.datetime ?? ''),
            );
        return {
          firstSeen: $('main .facts').last().find('time').first().attr('datetime') ?? '',
          present: times(0).map(([from = '', to = null]) => [from, to]),
          dates: times(1).map((row) => [row.length === 1 ? null : (row[0] ?? null), row.at(-1) ?? '']),
          texts: $('main ul .text')
            .toArray()
            .map((text, index) => [$(text).text(), times(2)[index]?.[0] ?? '']),
        };
      },
      async day(day, asOf) {
        const $ = await page('/timeline', { from: day, to: day, asOf, limit: '500' });
        if ($ === null) return [];
        const rows = $('.day li').toArray();
        return rows
          .map((row) => {
            const [, id, paragraph] = /\/pages\/(\w+)\/paragraphs\/(\w+)/.exec($(row).html() ?? '') ?? [];
            return `${id} ${paragraph}${$(row).text().includes('only mentions this day') ? ' mentions' : ''}`;
          })
          .sort();
      },
    },
    'explain of the command line': {
      present: async (id, paragraph, asOf) => (await explained(json, id, paragraph, asOf))[0]?.answer ?? null,
      async day(day, asOf) {
        const found = await Promise.all(PAGES.map((id) => explained(json, id, day, asOf)));
        return found
          .flat()
          .flatMap(({ place }) => place ?? [])
          .sort();
      },
    },
    'the CSV': {
      async life(id, paragraph, asOf) {
        const rows = await exportedLines(chronicle, id, 'csv', asOf);
        const names = (rows[0] ?? '').replace('\ufeff', '').split(',');
        const cells = rows.map((row) => row.split(',')).find((row) => row.at(-1) === paragraph);
        if (cells === undefined) return null;
        const cell = (name: string) => cells[names.indexOf(name)] ?? '';
        const present = cell('present')
          .split(' ')
          .map((span) => span.split('/'));
        return {
          firstSeen: cell('first_seen'),
          present: present.map(([from = '', to = '']) => [from, to === '..' ? null : to]),
        };
      },
    },
    'the JSON lines': {
      async life(id, paragraph, asOf) {
        const lines = await exportedLines(chronicle, id, 'json', asOf);
        const values = lines.map((line) => JSON.parse(line) as Life & { readonly type: string });
        const life = values.find((value) => value.type === 'life' && value.paragraphId === paragraph);
        return life === undefined ? null : answerOf(life);
      },
    },
  };
}

function answerOf({ firstSeen, present, wordings, dates }: Omit<Life, 'lastChanged'>): LifeAnswer {
  return {
    firstSeen: firstSeen.observedAt,
    present: present.map(({ from, to }) => [from.observedAt, to?.observedAt ?? null]),
    texts: wordings.map(({ text, from }) => [text, from.observedAt]),
    dates: dates.map(({ date, from }) => [date, from.observedAt]),
  };
}

const seen = ({ firstSeen, presentSince }: Pick<TimelineItem, 'firstSeen' | 'presentSince'>): LifeAnswer => ({
  firstSeen: firstSeen.observedAt,
  presentSince: presentSince.observedAt,
});

function seenIn(items: readonly TimelineItem[], id: string): LifeAnswer | null {
  const item = items.find(({ paragraphId }) => paragraphId === id);
  return item === undefined ? null : seen(item);
}

function dayOf(items: readonly TimelineItem[]): DayAnswer {
  return items.map(({ pageId, paragraphId, main }) => `${pageId} ${paragraphId}${main ? '' : ' mentions'}`).sort();
}

/** Everything that the page has on its timeline, dated or not. */
async function timelineOf(reader: Reader, page: string, asOf: string): Promise<TimelineItem[]> {
  const lists = [true, false].map((undated) =>
    whole(4, (after) => reader.timeline({ page, asOf, undated, limit: 4, ...after })),
  );
  return (await Promise.all(lists)).flat();
}

/** A life read from the first revision's text and the changes after it. */
async function lifeByChanges(reader: Reader, page: string, id: string, asOf: string): Promise<LifeAnswer | null> {
  const present: [string, string | null][] = [];
  const texts: [string, string][] = [];
  const dates: [string | null, string][] = [];
  const has = (text: string, date: string | null, at: string) => {
    if (present.at(-1)?.[1] !== null) present.push([at, null]);
    if (texts.at(-1)?.[0] !== text) texts.push([text, at]);
    if (dates.length === 0 || dates.at(-1)?.[0] !== date) dates.push([date, at]);
  };
  const first = await orNull(() => reader.revision(page, { asOf }).then(() => reader.revision(page, 1)));
  if (first === null) return null;
  const there = paragraphsOf(first.text.pieces).find((one) => one.id === id);
  if (there !== undefined) has(there.text, there.date, first.record.observedAt);
  const until = new Date(Date.parse(asOf) + 1).toISOString();
  for (const change of await whole(5, (after) => reader.changes({ page, until, limit: 5, ...after }))) {
    const { before, after, date, observedAt }: Change & { readonly observedAt: string } = change;
    const now = after.find((ref) => ref.id === id);
    const last = present.at(-1);
    if (now !== undefined) has(now.text, date, observedAt);
    else if (last !== undefined && before.some((ref) => ref.id === id)) last[1] = observedAt;
  }
  const [start] = present;
  return start === undefined ? null : { firstSeen: start[0], present, texts, dates };
}

type Json = <T>(path: string, query?: Record<string, string>) => Promise<T | null>;

async function explained(json: Json, page: string, what: string, asOf: string) {
  const get = async <T>(path: string, query: Parameters<Parameters<typeof explanations>[0]['get']>[1] = {}) => {
    const answer = await json<T>(path, Object.fromEntries(Object.entries(query).map(([k, v]) => [k, String(v)])));
    if (answer === null) throw new UsageError(path, { code: 'not-found' });
    return answer;
  };
  const found: { readonly answer: LifeAnswer; readonly place: string | null }[] = [];
  try {
    for await (const { paragraph, life } of explanations({ get }, page, what, asOf)) {
      const place = `${page} ${paragraph.id}${paragraph.date === what ? '' : ' mentions'}`;
      found.push({ answer: answerOf(life), place: paragraph.kind === 'heading' ? null : place });
    }
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
  }
  return found;
}

async function exportedLines(chronicle: Chronicle, page: string, format: 'csv' | 'json', to: string) {
  const pieces: string[] = [];
  for await (const piece of exportPages(chronicle, [page], format, { from: null, to })) pieces.push(String(piece));
  return pieces
    .join('')
    .split(/\r?\n/)
    .filter((line) => line !== '');
}

async function orNull<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof NotFoundError) return null;
    throw error;
  }
}
