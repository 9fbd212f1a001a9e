import { z } from '@hono/zod-openapi';
import { Hono } from 'hono';
import { html } from 'hono/html';
import type { ParagraphLife, Proof, Reader } from '#app/read/reader.ts';
import { UsageError } from '#core/errors.ts';
import { cut } from '#core/text/cut.ts';
import { asOf, PARAGRAPH_HINT, paragraphIdParam } from '../../http/params.ts';
import { readQuery } from '../../http/query.ts';
import { sendHtml } from '../../http/send.ts';
import type { Settings } from '../../options.ts';
import { eventDate, observed } from '../views/dates.ts';
import { layout } from '../views/layout.ts';
import { pageHeader } from '../views/page-header.ts';
import { anchorOf } from '../views/paragraphs.ts';
import { facts, pageName, revisionPath } from '../views/parts.ts';
import { type Html, shown } from '../views/text.ts';

const query = z.object({ asOf });

/** One paragraph through its time. */
export function lifeViewRoutes(reader: Reader, settings: Settings): Hono {
  return new Hono().get('/pages/:id/paragraphs/:paragraph', async (c) => {
    const { asOf: at } = readQuery(c, query);
    const page = await reader.page(c.req.param('id'));
    const id = paragraphIdParam.safeParse(c.req.param('paragraph'));
    if (!id.success) {
      const given = JSON.stringify(cut(c.req.param('paragraph'), 60));
      throw new UsageError(`This names no paragraph: ${PARAGRAPH_HINT} (given: ${given})`, { code: 'bad-query' });
    }
    const life = await reader.life(page.id, id.data, at);
    const content = html`${pageHeader(page, 'text')}<h2>History of a paragraph</h2>
${at === undefined ? '' : html`<p class="notice as-of">As of ${observed(at)}.</p>`}
${life.complete ? '' : html`<p class="note">It changed very often: only its newest changes are listed.</p>`}
${facts([
  ['First seen', proof(page.id, life.firstSeen)],
  ['Last changed', proof(page.id, life.lastChanged)],
  [at === undefined ? 'Now' : 'Then', place(life)],
])}
<h3>On the page</h3><ul>${life.present.map(({ from, to }) => html`<li>${to === null ? html`since ${observed(from.observedAt)}` : html`${observed(from.observedAt)} to ${observed(to.observedAt)}`}</li>`)}</ul>
<h3>Event dates</h3><ul>${life.dates.map(({ date, from }) => html`<li>${eventDate(date)}, since ${observed(from.observedAt)}</li>`)}</ul>
<h3>Texts</h3><ul>${life.wordings.map(({ text, from }) => html`<li><p class="text" dir="auto">${shown(text)}</p><p class="note">since ${observed(from.observedAt)}</p></li>`)}</ul>`;
    return sendHtml(c, layout(settings, { title: `${pageName(page)}: a paragraph`, section: 'pages', content }));
  });
}

function proof(pageId: string, { revision, revisionId, observedAt, sha256 }: Proof): Html {
  return html`${observed(observedAt)} in <a href="${revisionPath(pageId, revisionId)}">revision ${revision}</a>, SHA-256 <code>${sha256}</code>`;
}

/** The permanent address of the paragraph in the newest revision that has it. */
function place({ pageId, paragraphId, present, place: { revision, revisionId } }: ParagraphLife): Html {
  const address = `${revisionPath(pageId, revisionId)}#${encodeURIComponent(anchorOf(paragraphId))}`;
  const link = html`<a rel="bookmark" href="${address}">revision ${revision}</a>`;
  const removal = present.at(-1)?.to ?? null;
  return removal === null
    ? html`on the page, in ${link}`
    : html`removed at ${observed(removal.observedAt)}; last in ${link}`;
}
