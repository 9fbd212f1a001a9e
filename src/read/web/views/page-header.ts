import { html } from 'hono/html';
import type { PageSummary, RevisionView } from '#app/read/reader.ts';
import { observed } from './dates.ts';
import { facts, healthBadge, pageName, pagePath, revisionPath } from './parts.ts';
import { type Html, outward, shown } from './text.ts';

export type PageTab = 'text' | 'changes' | 'revisions' | 'health';

const TABS: readonly (readonly [PageTab, string, string])[] = [
  ['text', '', 'Text'],
  ['changes', '/changes', 'Changes'],
  ['revisions', '/revisions', 'Revisions'],
  ['health', '/health', 'Health'],
];

/** The head of every view of one page. */
export function pageHeader(page: PageSummary, current: PageTab | null): Html {
  const name = pageName(page);
  return html`<h1 dir="auto">${shown(name)}</h1>
<p class="lead">${page.title === null || page.title === name ? '' : html`<span dir="auto">${shown(page.title)}</span> · `}${outward(page.url, page.url)}</p>
${facts([
  ['Health', healthBadge(page)],
  ['Last change', observed(page.lastChangedAt)],
  ['Last check', observed(page.health.lastCheckedAt)],
  ['First seen', observed(page.firstObservedAt)],
])}
<nav class="tabs" aria-label="This page">${TABS.map(
    ([tab, path, label]) =>
      html`<a href="${pagePath(page.id, path)}"${tab === current ? html` aria-current="page"` : ''}>${label}</a>`,
  )}</nav>`;
}

/** Notes on a revision in addition to its changes. */
export function revisionNotes({ record, revertedToId }: RevisionView): Html {
  return html`${revertedToId === null ? '' : html`<p class="note">The page went back to the text of <a href="${revisionPath(record.pageId, revertedToId)}">revision ${record.revertedTo}</a>.</p>`}
${record.replaced ? html`<p class="note">A new issue: the whole content was replaced.</p>` : ''}
${record.confirmed ? html`<p class="note">A mass change, accepted because several checks saw the same text.</p>` : ''}
${record.technical ? html`<p class="note">A new parser version made this revision, not the page.</p>` : ''}`;
}
