import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import type { Listing } from '#app/ports.ts';
import type { ListedPage, Reader } from '#app/read/reader.ts';
import { changesQuery, changesRequest, fittingChanges } from '../../api/changes.ts';
import { WEB_BYTES } from '../../http/fit.ts';
import { addressWith, readQuery } from '../../http/query.ts';
import { sendHtml } from '../../http/send.ts';
import type { Settings } from '../../options.ts';
import { changeFeed, KIND_NAMES } from '../views/changes.ts';
import { layout } from '../views/layout.ts';
import { pageHeader } from '../views/page-header.ts';
import { CHOICES, checkbox, dateInput, field, more, pageChoice, pageName, pagePath } from '../views/parts.ts';
import type { Html } from '../views/text.ts';

/** What changed, newest first: on all pages, and on one. */
export function changeViewRoutes(reader: Reader, settings: Settings): Hono {
  const app = new Hono();
  app.get('/changes', async (c) => {
    const request = changesRequest(readQuery(c, changesQuery), 'newest');
    const [pages, { items, next }] = await Promise.all([
      reader.pages({ limit: CHOICES }),
      fittingChanges(reader, request, WEB_BYTES),
    ]);
    const names = await reader.names(items.map((item) => item.pageId));
    const content = html`<h1>Changes</h1><p class="lead">What the pages added, edited and removed, newest first.</p>
${filters(c, '/changes', pages)}${changeFeed(items, names)}${onward(c, next)}`;
    return sendHtml(c, layout(settings, { title: 'Changes', section: 'changes', content }));
  });
  app.get('/pages/:id/changes', async (c) => {
    const page = await reader.page(c.req.param('id'));
    const query = { ...readQuery(c, changesQuery), page: page.id };
    const { items, next } = await fittingChanges(reader, changesRequest(query, 'newest'), WEB_BYTES);
    const content = html`${pageHeader(page, 'changes')}<h2>Changes</h2>
${filters(c, pagePath(page.id, '/changes'), null)}${changeFeed(items, null)}${onward(c, next)}`;
    return sendHtml(c, layout(settings, { title: `${pageName(page)}: changes`, section: 'pages', content }));
  });
  return app;
}

function onward(c: Context, next: string | null): Html {
  return more(next === null ? null : addressWith(c, { after: next }), 'Older changes');
}

function filters(c: Context, action: string, pages: Listing<ListedPage> | null): Html {
  const given = (name: string) => c.req.query(name);
  const kind = given('kind');
  return html`<form class="filters" method="get" action="${action}">
${pages === null ? '' : field('Page', pageChoice(pages, given('page')))}
${field('Kind', html`<select name="kind"><option value="">All kinds</option>${Object.entries(KIND_NAMES).map(([value, name]) => html`<option value="${value}"${value === kind ? html` selected` : ''}>${name}</option>`)}</select>`)}
${field('Observed from (UTC)', dateInput('since', given('since')))}
${field('Observed until (UTC)', dateInput('until', given('until')))}
${checkbox('late', 'Late additions only', given('late') === 'true')}
<button>Show</button></form>`;
}
