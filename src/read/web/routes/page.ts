import { z } from '@hono/zod-openapi';
import { Hono } from 'hono';
import { html } from 'hono/html';
import { paragraphsOf } from '#app/objects/stored-text.ts';
import type { PageSummary, Reader, RevisionView } from '#app/read/reader.ts';
import { fittingChanges } from '../../api/changes.ts';
import { readRevisionPart } from '../../api/revision-parts.ts';
import { WEB_BYTES } from '../../http/fit.ts';
import { after, asOf } from '../../http/params.ts';
import { readQuery } from '../../http/query.ts';
import { sendHtml } from '../../http/send.ts';
import type { Settings } from '../../options.ts';
import { changeFeed } from '../views/changes.ts';
import { observed } from '../views/dates.ts';
import { layout } from '../views/layout.ts';
import { pageHeader, revisionNotes } from '../views/page-header.ts';
import { paragraphList } from '../views/paragraphs.ts';
import { dateInput, field, healthNote, moreText, pageName, pagePath, revisionPath } from '../views/parts.ts';
import type { Html } from '../views/text.ts';

/** Changes shown next to the text. */
const RECENT = 20;
const query = z.object({ asOf, after });

/** A page as it is, or as it was. */
export function pageViewRoutes(reader: Reader, settings: Settings): Hono {
  const app = new Hono();
  app.get('/pages/:id', async (c) => {
    const { asOf: at, after: start } = readQuery(c, query);
    const page = await reader.page(c.req.param('id'));
    const title = pageName(page);
    if (page.revisions === 0) {
      const content = html`${pageHeader(page, 'text')}${healthNote(page.health, false)}<p class="empty">This page was not seen yet. Its text appears here after the first good check.</p>`;
      return sendHtml(c, layout(settings, { title, section: 'pages', content }));
    }
    const [view, changes] = await Promise.all([
      readRevisionPart(reader, page.id, at === undefined ? 'latest' : { asOf: at }, { most: WEB_BYTES, after: start }),
      fittingChanges(
        reader,
        { page: page.id, newestFirst: true, limit: RECENT, ...(at === undefined ? {} : { until: justAfter(at) }) },
        WEB_BYTES,
      ),
    ]);
    const content = html`${pageHeader(page, 'text')}${at === undefined ? healthNote(page.health, true) : ''}
${asOfForm(page, at)}
<div class="columns">
<section aria-labelledby="text"><h2 id="text">${at === undefined ? 'Text now' : 'Text at that time'}</h2>
${shownRevision(view, at)}
${paragraphList(paragraphsOf(view.pieces), revisionPath(page.id, view.record.id))}${moreText(c, view.more)}</section>
<section aria-labelledby="recent"><h2 id="recent">Latest changes${at === undefined ? '' : ' by then'}</h2>
${changeFeed(changes.items, null)}
${changes.next === null ? '' : html`<p><a href="${pagePath(page.id, '/changes')}">All changes</a></p>`}</section>
</div>`;
    return sendHtml(c, layout(settings, { title, section: 'pages', content }));
  });
  return app;
}

/** The first instant that is later: stored instants have milliseconds. */
function justAfter(instant: string): string {
  return new Date(Date.parse(instant) + 1).toISOString();
}

function asOfForm(page: PageSummary, at: string | undefined): Html {
  return html`<form class="filters" method="get" action="${pagePath(page.id)}">
${field('As it was at the end of (UTC)', dateInput('asOf', at))}
<button>Show</button>${at === undefined ? '' : html`<a href="${pagePath(page.id)}">Back to now</a>`}
</form>`;
}

function shownRevision(view: RevisionView, at: string | undefined): Html {
  const { record, latest } = view;
  const link = html`<a href="${revisionPath(record.pageId, record.id)}">revision ${record.number}</a>`;
  const which = at === undefined || record.number === latest ? 'the newest' : `of ${latest}`;
  const asked = at === undefined ? '' : html` As of ${observed(at)}.`;
  return html`<p class="${at === undefined ? 'note' : 'notice as-of'}">Shown: ${link}, ${which}, observed ${observed(record.observedAt)}.${asked}</p>${revisionNotes(view)}`;
}
