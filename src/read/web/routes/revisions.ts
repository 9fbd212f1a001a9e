import { z } from '@hono/zod-openapi';
import { Hono } from 'hono';
import { html } from 'hono/html';
import { paragraphsOf } from '#app/objects/stored-text.ts';
import { isAlias, type Reader, type RevisionView } from '#app/read/reader.ts';
import { UsageError } from '#core/errors.ts';
import type { RevisionRecord } from '#core/history/types.ts';
import { cut } from '#core/text/cut.ts';
import { readChangesPart, readRevisionPart } from '../../api/revision-parts.ts';
import { fitting, WEB_BYTES } from '../../http/fit.ts';
import { after, limit, REVISION_HINT, revisionNumber, revisionSelector } from '../../http/params.ts';
import { addressWith, readQuery } from '../../http/query.ts';
import { sendHtml } from '../../http/send.ts';
import type { Settings } from '../../options.ts';
import { changeList } from '../views/changes.ts';
import { observed } from '../views/dates.ts';
import { layout } from '../views/layout.ts';
import { pageHeader, revisionNotes } from '../views/page-header.ts';
import { paragraphList } from '../views/paragraphs.ts';
import { facts, more, moreText, pageName, pagePath, revisionPath } from '../views/parts.ts';
import { type Html, shown } from '../views/text.ts';

const list = z.object({ limit, after: revisionNumber.optional() });
const text = z.object({ after });

/** The revisions of a page, and one of them. */
export function revisionViewRoutes(reader: Reader, settings: Settings): Hono {
  const app = new Hono();
  app.get('/pages/:id/revisions', async (c) => {
    const page = await reader.page(c.req.param('id'));
    const { limit, after } = readQuery(c, list);
    const request = { newestFirst: true, ...(after === undefined ? {} : { after }) };
    const { items, next } = await fitting(limit, WEB_BYTES, (fit) =>
      reader.revisions(page.id, { ...request, limit: fit }),
    );
    const content = html`${pageHeader(page, 'revisions')}<h2>Revisions</h2>
${page.revisions === 0 ? html`<p class="empty">This page was not seen yet.</p>` : table(items)}
${more(next === null ? null : addressWith(c, { after: next }), 'Older revisions')}`;
    return sendHtml(c, layout(settings, { title: `${pageName(page)}: revisions`, section: 'pages', content }));
  });
  app.get('/pages/:id/revisions/:ref', async (c) => {
    const ref = revisionSelector.safeParse(c.req.param('ref'));
    if (!ref.success) {
      const given = JSON.stringify(cut(c.req.param('ref'), 60));
      throw new UsageError(`This names no revision: ${REVISION_HINT} (given: ${given})`, { code: 'bad-query' });
    }
    const page = await reader.page(c.req.param('id'));
    const isNumber = typeof ref.data === 'number';
    if (isAlias(ref.data)) {
      const found = await reader.find(page.id, ref.data);
      // A number that may have meant another revision is shown with a note: a redirect would hide that.
      if (!isNumber || found.renumberedAt === null) return c.redirect(revisionPath(page.id, found.record.id));
    }
    const part = { most: WEB_BYTES, after: readQuery(c, text).after };
    const view = await readRevisionPart(reader, page.id, ref.data, part);
    const { record } = view;
    const { items: changes, next } = await readChangesPart(reader, page.id, { id: record.id }, { most: WEB_BYTES });
    const content = html`${pageHeader(page, 'revisions')}
<h2>Revision ${record.number}, observed ${observed(record.observedAt)}</h2>
${isNumber ? renumbered(view) : ''}${steps(view)}${revisionNotes(view)}
<div class="columns">
<section aria-labelledby="text"><h2 id="text">Text</h2>${paragraphList(paragraphsOf(view.pieces), revisionPath(page.id, record.id))}${moreText(c, view.more)}</section>
<section aria-labelledby="changed"><h2 id="changed">What changed</h2>
${changes.length === 0 ? html`<p class="empty">${record.number === 1 ? 'The first sight of the page.' : 'No changes.'}</p>` : changeList(changes)}
${next === null ? '' : html`<p class="note">Not all of them: see <a href="${pagePath(page.id, '/changes')}">all changes</a>.</p>`}
<h2>Evidence</h2>${evidence(view)}</section>
</div>`;
    const title = `${pageName(page)}: revision ${record.number}`;
    return sendHtml(c, layout(settings, { title, section: 'pages', content }));
  });
  return app;
}

function table(records: readonly RevisionRecord[]): Html {
  return html`<div class="scroll"><table>
<thead><tr><th scope="col">Revision</th><th scope="col">Observed</th><th scope="col" class="figure">Changes</th><th scope="col" class="figure">Paragraphs</th><th scope="col">Notes</th></tr></thead>
<tbody>${records.map(
    (record) => html`<tr><th scope="row"><a href="${revisionPath(record.pageId, record.id)}">${record.number}</a></th>
<td>${observed(record.observedAt)}</td><td class="figure">${record.changes}</td><td class="figure">${record.paragraphs}</td><td>${notes(record)}</td></tr>`,
  )}</tbody></table></div>`;
}

function notes(record: RevisionRecord): string {
  const notes = [
    record.number === 1 ? 'first sight' : null,
    record.revertedTo === null ? null : `back to revision ${record.revertedTo}`,
    record.replaced ? 'new issue' : null,
    record.confirmed ? 'mass change, confirmed' : null,
    record.technical ? 'new parser version, not news' : null,
  ];
  return notes.filter((note) => note !== null).join(', ');
}

function renumbered({ record, renumberedAt }: RevisionView): Html {
  if (renumberedAt === null) return html``;
  return html`<p class="notice">An import of older captures renumbered this page at ${observed(renumberedAt)}. In a link from before, revision ${record.number} may mean another one. <a rel="bookmark" href="${revisionPath(record.pageId, record.id)}">The permanent address</a> of this revision does not change.</p>`;
}

function steps({ record, next }: RevisionView): Html {
  const { pageId, number, previous } = record;
  return html`<nav class="steps" aria-label="Revisions">
${previous === null ? '' : html`<a rel="prev" href="${revisionPath(pageId, previous)}">← Revision ${number - 1}</a>`}
${next === null ? '' : html`<a rel="next" href="${revisionPath(pageId, next)}">Revision ${number + 1} →</a>`}
</nav>`;
}

function evidence({ record, text: { facts: document } }: RevisionView): Html {
  return facts([
    ['Capture', html`<code>${record.captureId}</code>`],
    ['SHA-256 of the bytes', html`<code>${record.sha256}</code>`],
    ['Permanent address', html`<a href="${revisionPath(record.pageId, record.id)}"><code>${record.id}</code></a>`],
    ['Decoded as', html`${shown(document.charset)}`],
    ['The page’s own stamp', document.lastModified === null ? null : html`${shown(document.lastModified)}`],
  ]);
}
