import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Reader } from '#app/read/reader.ts';
import type { Problem } from '../http/problem.ts';
import { sendHtml } from '../http/send.ts';
import type { Settings } from '../options.ts';
import { changeViewRoutes } from './routes/changes.ts';
import { healthViewRoutes } from './routes/health.ts';
import { homeRoutes } from './routes/home.ts';
import { lifeViewRoutes } from './routes/life.ts';
import { pageViewRoutes } from './routes/page.ts';
import { revisionViewRoutes } from './routes/revisions.ts';
import { timelineViewRoutes } from './routes/timeline.ts';
import { ICON, STYLE } from './style.ts';
import { observed } from './views/dates.ts';
import { layout } from './views/layout.ts';
import { revisionPath } from './views/parts.ts';
import { shown } from './views/text.ts';

const FOR_EVER = { 'Cache-Control': 'public, max-age=31536000, immutable' };

/** Mounts the web reader: a file a group of views, one line each here. */
export function mountWeb(app: OpenAPIHono, reader: Reader, settings: Settings): void {
  const groups = [
    homeRoutes,
    pageViewRoutes,
    revisionViewRoutes,
    lifeViewRoutes,
    changeViewRoutes,
    timelineViewRoutes,
    healthViewRoutes,
  ];
  for (const routes of groups) app.route('/', routes(reader, settings));
  app.get('/style.css', (c) => c.body(STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8', ...FOR_EVER }));
  app.get('/icon.svg', (c) => c.body(ICON, 200, { 'Content-Type': 'image/svg+xml', ...FOR_EVER }));
}

/** A problem as a web page. */
export async function sendErrorPage(c: Context, settings: Settings, failure: Problem): Promise<Response> {
  const { pageId, revisions = [] } = failure;
  const links = revisions.map(
    ({ number, id, observedAt }) =>
      html`<li><a href="${revisionPath(pageId ?? '', id)}">Revision ${number}</a>, observed ${observed(observedAt)}</li>`,
  );
  const content = html`<h1>${failure.title}</h1><p class="lead">${shown(failure.detail)}.</p>${links.length === 0 ? '' : html`<ul>${links}</ul>`}<p><a href="/">All pages</a></p>`;
  return sendHtml(c, layout(settings, { title: failure.title, section: null, content }), failure.status);
}
