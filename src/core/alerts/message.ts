import type { HealthEvent } from '../health/record.ts';
import type { ChangeRecord, Head, RevisionRecord } from '../history/types.ts';
import { cut } from '../text/cut.ts';
import { safeLines } from '../text/hostile.ts';
import { revisionAlertKey } from './key.ts';
import type { Alert } from './types.ts';

type PageName = Pick<Head, 'pageId' | 'url' | 'name' | 'title'>;

/** SNS takes 256 KiB a message; what is beyond is counted and left to the reader. */
const CHANGES_IN_TEXT = 50;
const CHARACTERS_A_TEXT = 1_200;
/** A reordering names every paragraph of its page. */
const TEXTS_A_SIDE = 10;

/** The alert about one revision. `tell` holds the changes to name; it is empty for a first sight only. */
export function newsAlert(
  page: PageName,
  revision: RevisionRecord,
  tell: readonly ChangeRecord[],
  readerUrl: string | null,
): Alert {
  const name = pageName(page);
  const shown = tell.slice(0, CHANGES_IN_TEXT);
  const what = tell.length > 0 ? summary(tell) : `first sight, ${revision.paragraphs} paragraphs`;
  const lines = [
    `${name}: ${what} (revision ${revision.number}, seen ${revision.observedAt})`,
    page.url,
    ...(revision.revertedTo === null ? [] : [`The page returned to the text of revision ${revision.revertedTo}.`]),
    ...(revision.replaced ? ['The page shows a new issue.'] : []),
    ...(revision.confirmed ? ['A mass change, accepted: the page stayed the same over several checks.'] : []),
    '',
    ...shown.flatMap(changeLines),
    ...(tell.length > shown.length ? [`… and ${tell.length - shown.length} more changes.`] : []),
    ...(readerUrl === null ? [] : [`Read it: ${new URL(`pages/${page.pageId}`, withSlash(readerUrl)).href}`]),
  ];
  return {
    key: revisionAlertKey(page.pageId, revision.number, revision.id),
    topic: 'news',
    pageId: page.pageId,
    subject: subject(`[Daybook] ${name}: ${what}`),
    text: safeLines(lines.join('\n')),
    data: {
      page: page.pageId,
      url: page.url,
      title: page.title,
      revision: revision.number,
      revisionId: revision.id,
      observedAt: revision.observedAt,
      total: tell.length,
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

/** The alert about a page that cannot be believed any more, or can be again. */
export function healthAlert(page: PageName, event: HealthEvent): Alert {
  const name = pageName(page);
  const why = [event.reason, event.detail].filter((part) => part !== null).join(': ');
  const [headline, sentence] = {
    down: [`is down: ${event.reason ?? ''}`, `cannot be read${why === '' ? '' : ` (${why})`}`],
    recovered: ['recovered', 'can be read again'],
    'odd-link': [
      'has an odd link',
      `links to ${event.detail ?? ''}, which looks like a page of its series and does not fit the pattern; it is not followed`,
    ],
  }[event.kind];
  return {
    key: `${page.pageId}/health/${event.seq}`,
    topic: 'health',
    pageId: page.pageId,
    subject: subject(`[Daybook] ${name} ${headline}`),
    text: safeLines(`${name} ${sentence}, as of ${event.at}.\n${page.url}`),
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
  const counts = new Map<string, number>();
  for (const change of changes) counts.set(change.kind, (counts.get(change.kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => `${count} ${kind}`).join(', ');
}

function changeLines(change: ChangeRecord): string[] {
  const flags = [change.late === true ? 'late' : '', change.substance ?? ''].filter((flag) => flag !== '').join(', ');
  const head = `* ${change.kind}${flags === '' ? '' : ` (${flags})`}, ${change.date ?? 'no date'}`;
  return [
    head,
    ...texts(change.before).map((text) => `  - ${text}`),
    ...texts(change.after).map((text) => `  + ${text}`),
    '',
  ];
}

/** The texts of one side of a change, each cut, and how many more there are. */
function texts(refs: ChangeRecord['before']): string[] {
  const shown = refs.slice(0, TEXTS_A_SIDE).map((ref) => cut(ref.text, CHARACTERS_A_TEXT));
  return refs.length === shown.length ? shown : [...shown, `… and ${refs.length - shown.length} more paragraphs`];
}

function pageName(page: PageName): string {
  // A name of several lines could pass for what Daybook says itself.
  return (page.name ?? page.title ?? page.pageId).replace(/\s+/g, ' ');
}

function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`;
}

/** An e-mail subject as SNS takes it: printable ASCII, no line break, at most 100 characters. */
function subject(text: string): string {
  const ascii = text
    .normalize('NFKD')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/[\u2010-\u2015]/g, '-')
    .replace(/[^\x20-\x7e]/g, '');
  return cut(ascii, 100, '...');
}
