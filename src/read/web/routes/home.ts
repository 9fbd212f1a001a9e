import { z } from '@hono/zod-openapi';
import { Hono } from 'hono';
import { html } from 'hono/html';
import type { Listing } from '#app/ports.ts';
import type { ListedPage, Reader } from '#app/read/reader.ts';
import { listedPages } from '../../api/pages.ts';
import { WEB_BYTES } from '../../http/fit.ts';
import { after, limit } from '../../http/params.ts';
import { addressWith, readQuery } from '../../http/query.ts';
import { sendHtml } from '../../http/send.ts';
import type { Settings } from '../../options.ts';
import { observed } from '../views/dates.ts';
import { layout } from '../views/layout.ts';
import { count, facts, healthBadge, more, pageName, pagePath } from '../views/parts.ts';
import { type Html, outward, shown } from '../views/text.ts';

const query = z.object({ after, limit });

/** The list of pages. */
export function homeRoutes(reader: Reader, settings: Settings): Hono {
  const app = new Hono();
  app.get('/', async (c) => {
    const { after: start, limit } = readQuery(c, query);
    const part = await listedPages(reader, { limit, after: start }, WEB_BYTES);
    const { items, next } = part;
    const pages = [...items.filter((page) => !page.retired), ...items.filter((page) => page.retired)];
    const content = html`<h1>${settings.title}</h1>
<p class="lead">${summary(part, start === undefined && next === null)}</p>
${pages.length === 0 ? html`<p class="empty">No page is watched yet.</p>` : html`<ul class="pages">${pages.map(entry)}</ul>`}
${more(next === null ? null : addressWith(c, { after: next }), 'More pages')}`;
    return sendHtml(c, layout(settings, { title: null, section: 'pages', content }));
  });
  return app;
}

function summary({ items }: Listing<ListedPage>, isWhole: boolean): string {
  const watched = items.filter((page) => !page.retired && !page.paused);
  const paused = items.filter((page) => page.paused).length;
  const unwell = watched.filter(
    ({ health }) => health.overdue || health.state === 'suspect' || health.state === 'down',
  );
  const all = `${count(watched.length, 'page')} watched${paused === 0 ? '' : `, ${paused} paused`}${isWhole ? '' : ' in this part of the list'}`;
  return unwell.length === 0 ? `${all}.` : `${all}; not healthy: ${unwell.length}.`;
}

function entry(page: ListedPage): Html {
  return html`<li><h2><a href="${pagePath(page.id)}">${shown(pageName(page))}</a> ${healthBadge(page)}</h2>
${facts([
  ['Last change', page.revisions === 0 ? 'not seen yet' : observed(page.lastChangedAt)],
  ['Last check', observed(page.health.lastCheckedAt)],
  ['Revisions', page.revisions === 0 ? null : page.revisions],
  ['Paragraphs', page.revisions === 0 ? null : page.paragraphs],
  ['Watched at', outward(page.url, page.url)],
])}</li>`;
}
