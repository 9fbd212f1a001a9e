import type { PageEdit } from '#core/pages/edit.ts';
import type { Answer } from '../../../support/recording.ts';
import { blockPage, chroniclePage, REPORTS } from '../../../support/sample-pages.ts';

/** The answer of the site from one instant on, and the parser that reads it. */
export interface Step {
  readonly name: string;
  /** When the page is fetched, ISO 8601. */
  readonly at: string;
  readonly answer: Answer;
  readonly parser: string;
  /** What a person changes just before. */
  readonly edit: PageEdit | null;
}

/** A series of one month, whose hub is the page. */
export const SERIES = {
  id: 'mill',
  pattern: 'https://mill.example/{yyyy}-{MM}.htm',
  from: '2022-01',
  until: '2022-01',
  hub: 'harbour-2022-01',
};
/** Its member, and what the site says there. */
export const MEMBER = { id: 'mill-2022-01', url: 'https://mill.example/2022-01.htm' };

const page = (texts: readonly string[], noise = '0'): Answer => ({ body: chroniclePage(texts, { noise }) });
const edited = REPORTS.slice(0, 6).map((text) => text.replace('31 metres', '34 metres'));
const shorter = edited.filter((_, at) => at !== 1);
const blocked: Answer = { body: blockPage(), status: 403 };

export const MEMBER_ANSWER = page(REPORTS.slice(0, 2));

const ANSWERS: readonly (readonly [name: string, answer: Answer, parser?: string, edit?: PageEdit])[] = [
  ['first sight', page(REPORTS.slice(0, 4))],
  ['the known bytes', page(REPORTS.slice(0, 4))],
  ['additions', page(REPORTS.slice(0, 6))],
  ['an edit', page(edited)],
  ['noise', page(edited, '17')],
  ['a removal', page(shorter)],
  ['a block page: quarantine', blocked],
  ['recovery to the known text', page(shorter)],
  ['a revert', page(edited)],
  ['a block page again', blocked],
  ['no answer', { failure: 'timeout' }],
  ['no answer: down', { failure: 'timeout' }],
  ['back with more: recovered', page([...edited, REPORTS[6]])],
  ['shrunk', page(edited.slice(0, 1))],
  ['shrunk still', page(edited.slice(0, 1), '2')],
  ['shrunk for good: accepted', page(edited.slice(0, 1), '3')],
  ['all back, read by a new parser', page(REPORTS), '2'],
  ['a series is added', page(REPORTS), '2', { action: 'add-series', ...SERIES }],
  ['it is paused', page(REPORTS), '2', { action: 'pause', id: SERIES.id }],
  ['it is removed', page(REPORTS), '2', { action: 'remove', id: SERIES.id }],
];

const HOUR = 3_600_000;
const BEGINNING = Date.parse('2022-01-14T08:00:00.000Z');

/** A page's life: everything that ingest can make of a capture, and a series next to it, a day and an hour apart. */
export const SCENARIO: readonly Step[] = ANSWERS.map(([name, answer, parser = '1', edit = null], index) => ({
  name,
  at: new Date(BEGINNING + index * 25 * HOUR).toISOString(),
  answer,
  parser,
  edit,
}));
