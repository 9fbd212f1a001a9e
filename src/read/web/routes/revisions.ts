import { Hono } from 'hono';
import { html } from 'hono/html';
import type { Reader, RevisionView } from '#app/read/reader.ts';
import { UsageError } from '#core/errors.ts';
import type { RevisionRecord } from '#core/history/types.ts';
import { revisionSelector } from '../../http/params.ts';
import type { Settings } from '../../options.ts';
import { changeList } from '../views/changes.ts';
import { observed } from '../views/dates.ts';
import { layout } from '../views/layout.ts';
import { pageHeader, revisionNotes } from '../views/page-header.ts';
import { paragraphList } from '../views/paragraphs.ts';
import { facts, pageName, pagePath } from '../views/parts.ts';
import { type Html, shown } from '../views/text.ts';

/** All revisions of a page, and one of them. */
export function revisionViewRoutes(reader: Reader, settings: Settings): Hono {
  const app = new Hono();
  app.get('/pages/:id/revisions', async (c) => {
    const page = await reader.page(c.req.param('id'));
    const records = await reader.revisions(page.id);
    const content = html`${pageHeader(page, 'revisions')}<h2>Revisions</h2>
${records.length === 0 ? html`<p class="empty">This page was not seen yet.</p>` : table(records.reverse())}`;
    return c.html(layout(settings, { title: `${pageName(page)}: revisions`, section: 'pages', content }));
  });
  app.get('/pages/:id/revisions/:n', async (c) => {
    const n = revisionSelector.safeParse(c.req.param('n'));
    if (!n.success) throw new UsageError('A revision is named by its number, or "latest"', { code: 'bad-query' });
    const page = await reader.page(c.req.param('id'));
    const view = await reader.revision(page.id, n.data);
    const { record, document } = view;
    const changes = await reader.changesOf(page.id, record.number);
    const content = html`${pageHeader(page, 'revisions')}
<h2>Revision ${record.number}, observed ${observed(record.observedAt)}</h2>
${steps(view)}${revisionNotes(record)}
<div class="columns">
<section aria-labelledby="text"><h2 id="text">Text</h2>${paragraphList(document.paragraphs)}</section>
<section aria-labelledby="changed"><h2 id="changed">What changed</h2>
${changes.length === 0 ? html`<p class="empty">${record.number === 1 ? 'The first sight of the page.' : 'No changes.'}</p>` : changeList(changes)}
<h2>Evidence</h2>${evidence(view)}</section>
</div>`;
    const title = `${pageName(page)}: revision ${record.number}`;
    return c.html(layout(settings, { title, section: 'pages', content }));
  });
  return app;
}

function table(records: readonly RevisionRecord[]): Html {
  return html`<div class="scroll"><table>
<thead><tr><th scope="col">Revision</th><th scope="col">Observed</th><th scope="col" class="figure">Changes</th><th scope="col" class="figure">Paragraphs</th><th scope="col">Notes</th></tr></thead>
<tbody>${records.map(
    (
      record,
    ) => html`<tr><th scope="row"><a href="${pagePath(record.pageId, `/revisions/${record.number}`)}">${record.number}</a></th>
<td>${observed(record.observedAt)}</td><td class="figure">${record.changes}</td><td class="figure">${record.paragraphs}</td><td>${notes(record)}</td></tr>`,
  )}</tbody></table></div>`;
}

function notes(record: RevisionRecord): string {
  const notes = [
    record.number === 1 ? 'first sight' : null,
    record.revertedTo === null ? null : `back to revision ${record.revertedTo}`,
    record.replaced ? 'new issue' : null,
    record.confirmed ? 'mass change, confirmed' : null,
    record.technical ? 'new version of the reader, not news' : null,
  ];
  return notes.filter((note) => note !== null).join(', ');
}

function steps({ record, latest }: RevisionView): Html {
  const to = (number: number) => pagePath(record.pageId, `/revisions/${number}`);
  return html`<nav class="steps" aria-label="Revisions">
${record.number > 1 ? html`<a rel="prev" href="${to(record.number - 1)}">← Revision ${record.number - 1}</a>` : ''}
${record.number < latest ? html`<a rel="next" href="${to(record.number + 1)}">Revision ${record.number + 1} →</a>` : ''}
</nav>`;
}

function evidence({ record, document }: RevisionView): Html {
  return facts([
    ['Capture', html`<code>${record.captureId}</code>`],
    ['SHA-256 of the bytes', html`<code>${record.sha256}</code>`],
    ['Revision', html`<code>${record.id}</code>`],
    ['Decoded as', html`${shown(document.charset)}`],
    ['The page’s own stamp', document.lastModified === null ? null : html`${shown(document.lastModified)}`],
  ]);
}
