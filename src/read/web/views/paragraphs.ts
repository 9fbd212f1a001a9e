import { html } from 'hono/html';
import type { Paragraph } from '#core/diff/types.ts';
import { basisNote } from './basis.ts';
import { eventDate } from './dates.ts';
import { type Html, plain, withMentions } from './text.ts';

/**
 * A revision's text: every paragraph with its event date and its permanent address.
 * @param address of the revision.
 */
export function paragraphList(paragraphs: readonly Paragraph[], address: string): Html {
  if (paragraphs.length === 0) return html`<p class="empty">This revision has no paragraphs.</p>`;
  return html`<div class="text">${paragraphs.map((paragraph, index) => row(paragraph, index, address))}</div>`;
}

/** The name of a paragraph's place in a document. */
export function anchorOf(paragraphId: string): string {
  return `p-${plain(paragraphId).replace(/\s/g, '_')}`;
}

function row(paragraph: Paragraph, index: number, address: string): Html {
  const anchor = anchorOf(paragraph.id);
  const isHeading = paragraph.kind === 'heading';
  return html`<div class="row ${paragraph.kind}" id="${anchor}">
<div class="when">${isHeading ? '' : when(paragraph)}<a class="anchor" href="${address}#${encodeURIComponent(anchor)}" aria-label="Link to paragraph ${index + 1}">¶</a></div>
${body(paragraph)}
</div>`;
}

function when({ date, dateBasis }: Paragraph): Html {
  const note = basisNote(dateBasis);
  return html`${eventDate(date)}${note === null || date === null ? '' : html`<span class="basis">${note}</span>`}`;
}

/** The page's own headings are below this document's: level 3 and deeper. */
function body(paragraph: Paragraph): Html {
  const text = withMentions(paragraph.text, paragraph.mentions);
  switch (paragraph.kind) {
    case 'heading':
      return (paragraph.level ?? 2) <= 2 ? html`<h3 dir="auto">${text}</h3>` : html`<h4 dir="auto">${text}</h4>`;
    case 'quote':
      return html`<blockquote dir="auto"><p>${text}</p></blockquote>`;
    default:
      return html`<p dir="auto">${text}</p>`;
  }
}
