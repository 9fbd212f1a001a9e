import { Hono } from 'hono';
import { html } from 'hono/html';
import type { PageSummary, Reader } from '#app/read/reader.ts';
import type { Settings } from '../../options.ts';
import { observed } from '../views/dates.ts';
import { layout } from '../views/layout.ts';
import { count, facts, healthBadge, pageName, pagePath } from '../views/parts.ts';
import { type Html, outward, shown } from '../views/text.ts';

/** The list of pages. */
export function homeRoutes(reader: Reader, settings: Settings): Hono {
  const app = new Hono();
  app.get('/', async (c) => {
    const all = await reader.pages();
    const pages = [...all.filter((page) => !page.retired), ...all.filter((page) => page.retired)];
    const content = html`<h1>${settings.title}</h1>
<p class="lead">${summary(pages)}</p>
${pages.length === 0 ? html`<p class="empty">No page is watched yet.</p>` : html`<ul class="pages">${pages.map(entry)}</ul>`}`;
    return c.html(layout(settings, { title: null, section: 'pages', content }));
  });
  return app;
}

function summary(pages: readonly PageSummary[]): string {
  const watched = pages.filter((page) => !page.retired);
  const unwell = watched.filter(
    ({ health }) => health.overdue || health.state === 'suspect' || health.state === 'down',
  );
  const all = `${count(watched.length, 'page')} watched`;
  return unwell.length === 0 ? `${all}.` : `${all}; not healthy: ${unwell.length}.`;
}

function entry(page: PageSummary): Html {
  return html`<li><h2><a href="${pagePath(page.id)}">${shown(pageName(page))}</a> ${healthBadge(page.health, page.retired)}</h2>
${facts([
  ['Last change', page.revisions === 0 ? 'not seen yet' : observed(page.lastChangedAt)],
  ['Last check', observed(page.health.lastCheckedAt)],
  ['Revisions', page.revisions === 0 ? null : page.revisions],
  ['Paragraphs', page.revisions === 0 ? null : page.paragraphs],
  ['Watched at', outward(page.url, page.url)],
])}</li>`;
}
