import { countsOf } from '../groups.ts';
import type { HealthEvent } from '../health/record.ts';
import type { ChangeRecord, Head, RevisionRecord } from '../history/types.ts';
import { cut } from '../text/cut.ts';
import { safeLines } from '../text/hostile.ts';
import { revisionAlertKey } from './key.ts';
import type { Alert } from './types.ts';

type PageName = Pick<Head, 'pageId' | 'url' | 'name' | 'title'>;

/** An alert is a message, not a page: it counts what exceeds these bounds, and the reader shows it. */
const MAX_CHANGES = 50;
const MAX_TEXT_LENGTH = 1_200;
/** Paragraphs of one side of a change: a reordering has all of its page. */
const MAX_PARAGRAPHS = 10;
/** The limit of SNS. */
const MAX_SUBJECT_LENGTH = 100;

/** The alert about one revision. `changes` are those that the rules allow; none for a first sight. */
export function newsAlert(
  page: PageName,
  revision: RevisionRecord,
  changes: readonly ChangeRecord[],
  readerUrl: string | null,
): Alert {
  const name = pageName(page);
  const shown = changes.slice(0, MAX_CHANGES);
  const what = changes.length > 0 ? summary(changes) : `first sight, ${revision.paragraphs} paragraphs`;
  const lines = [
    `${name}: ${what} (revision ${revision.number}, seen ${revision.observedAt})`,
    page.url,
    ...(revision.revertedTo === null ? [] : [`The page returned to the text of revision ${revision.revertedTo}.`]),
    ...(revision.replaced ? ['The page shows a new issue.'] : []),
    ...(revision.confirmed ? ['Most of the page changed at once. The change stayed, so it was accepted.'] : []),
    '',
    ...shown.flatMap(changeLines),
    ...(changes.length > shown.length ? [`… and ${changes.length - shown.length} more changes.`] : []),
    ...(readerUrl === null
      ? []
      : [`Read it: ${new URL(`pages/${page.pageId}/revisions/${revision.id}`, withSlash(readerUrl)).href}`]),
  ];
  return {
    key: revisionAlertKey(page.pageId, revision.number, revision.id),
    topic: 'news',
    pageId: page.pageId,
    subject: subject(page, name, `: ${what}`),
    text: safeLines(lines.join('\n')),
    data: {
      page: page.pageId,
      url: page.url,
      title: page.title,
      revision: revision.number,
      revisionId: revision.id,
      observedAt: revision.observedAt,
      total: changes.length,
      changes: shown.map((change) => ({
        seq: change.seq,
        kind: change.kind,
        date: change.date,
        before: texts(change.before),
        after: texts(change.after),
        ...(change.late === true ? { late: true } : {}),
        ...(change.substance === undefined ? {} : { substance: change.substance }),
      })),
    },
  };
}

/** The alert about a page that became unreadable or readable, or links to an odd address. */
export function healthAlert(page: PageName, event: HealthEvent): Alert {
  const name = pageName(page);
  const why = [event.reason, event.detail].filter((part) => part !== null).join(': ');
  const [headline, sentence] = {
    down: [`is down: ${why}`, `cannot be read: ${why}.`],
    recovered: ['can be read again', 'can be read again.'],
    'odd-link': [
      'has an odd link',
      `links to ${event.detail}. It looks like a page of the series but does not fit the pattern, so Daybook does not follow it.`,
    ],
  }[event.kind];
  return {
    key: `${page.pageId}/health/${event.seq}`,
    topic: 'health',
    pageId: page.pageId,
    subject: subject(page, name, ` ${headline}`),
    text: safeLines(`${name} ${sentence}\nChecked at ${event.at}.\n${page.url}`),
    data: {
      page: page.pageId,
      url: page.url,
      kind: event.kind,
      reason: event.reason,
      detail: event.detail,
      at: event.at,
    },
  };
}

/** "2 added, 1 edited". */
export function summary(changes: readonly Pick<ChangeRecord, 'kind'>[]): string {
  return [...countsOf(changes, ({ kind }) => kind)].map(([kind, count]) => `${count} ${kind}`).join(', ');
}

function changeLines(change: ChangeRecord): string[] {
  const flags = [
    ...(change.late === true ? ['late'] : []),
    ...(change.substance === undefined ? [] : [change.substance]),
  ];
  return [
    `* ${change.kind}${flags.length === 0 ? '' : ` (${flags.join(', ')})`}, ${change.date ?? 'no date'}`,
    ...texts(change.before).map((text) => `  - ${text}`),
    ...texts(change.after).map((text) => `  + ${text}`),
    '',
  ];
}

/** The texts of one side of a change, cut to the bounds. */
function texts(refs: ChangeRecord['before']): string[] {
  const shown = refs.slice(0, MAX_PARAGRAPHS).map((ref) => cut(ref.text, MAX_TEXT_LENGTH));
  return refs.length === shown.length ? shown : [...shown, `… and ${refs.length - shown.length} more paragraphs`];
}

/** On one line: a second line of a name could look like a line of the alert. */
function pageName(page: PageName): string {
  return (page.name ?? page.title ?? page.pageId).replace(/\s+/g, ' ');
}

function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`;
}

/** An e-mail subject that SNS accepts: ASCII. A name without an ASCII letter or digit is replaced by the page's id. */
function subject(page: PageName, name: string, what: string): string {
  return plainSubject(`[Daybook] ${/[A-Za-z0-9]/.test(ascii(name)) ? name : page.pageId}${what}`);
}

/** A subject as SNS accepts it: ASCII, cut. */
export function plainSubject(text: string): string {
  return cut(ascii(text), MAX_SUBJECT_LENGTH, '...');
}

function ascii(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/[\u2010-\u2015]/g, '-')
    .replace(/[^\x20-\x7e]/g, '');
}
