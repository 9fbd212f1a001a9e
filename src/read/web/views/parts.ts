import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Listing } from '#app/ports.ts';
import type { ListedPage, PageHealth } from '#app/read/reader.ts';
import { addressWith } from '../../http/query.ts';
import { observed } from './dates.ts';
import { type Html, plain, shown } from './text.ts';

/** The display name of a page. */
export function pageName(page: Pick<ListedPage, 'id' | 'name' | 'title'>): string {
  return page.name ?? page.title ?? page.id;
}

export function pagePath(pageId: string, rest = ''): string {
  return `/pages/${encodeURIComponent(pageId)}${rest}`;
}

/** The permanent address of a revision. */
export function revisionPath(pageId: string, id: string): string {
  return pagePath(pageId, `/revisions/${id}`);
}

const STATES: Readonly<Record<PageHealth['state'], string>> = {
  ok: 'OK',
  suspect: 'Suspect',
  down: 'Down',
  unknown: 'Not checked yet',
};

/** Health in a word; colour only repeats it. */
export function healthBadge({ health, retired, paused }: Pick<ListedPage, 'health' | 'retired' | 'paused'>): Html {
  if (retired) return html`<span class="badge retired">No longer watched</span>`;
  if (paused) return html`<span class="badge retired">Paused</span>`;
  if (health.overdue) return html`<span class="badge down">Checks have stopped</span>`;
  return html`<span class="badge ${health.state}">${STATES[health.state]}</span>`;
}

/** Health in a sentence, where the page is not healthy. `hasText`: the last accepted text is below it. */
export function healthNote(health: PageHealth, hasText: boolean): Html {
  if (health.overdue) {
    return html`<p class="notice down">The last check of this page was at ${observed(health.lastCheckedAt)}; the next one was set for ${observed(health.nextCheckAt)}.${hasText ? ' The text may be out of date.' : ''}</p>`;
  }
  if (health.state === 'ok' || health.state === 'unknown') return html``;
  const verdict = health.state === 'down' ? 'This page has been down' : 'No capture of this page has been accepted';
  return html`<p class="notice ${health.state}">${verdict} since ${observed(health.since)}: ${shown(health.detail ?? health.reason ?? 'no reason was given')}.${hasText ? ' The text below is the last accepted one.' : ''}</p>`;
}

/** Several short facts. */
export function facts(entries: readonly (readonly [term: string, value: Html | string | number | null])[]): Html {
  const known = entries.filter(([, value]) => value !== null);
  return html`<dl class="facts">${known.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`;
}

export function table(heads: readonly string[], rows: readonly Html[]): Html {
  return html`<div class="scroll"><table><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en-GB')} ${number === 1 ? one : many}`;
}

/** The link to the next part of a listing. */
export function more(address: string | null, label: string): Html {
  if (address === null) return html``;
  return html`<nav class="more" aria-label="More"><a rel="next" href="${address}">${label}</a></nav>`;
}

/** The link to the next part of a text that is too long for one page. */
export function moreText(c: Context, next: string | null): Html {
  return more(next === null ? null : addressWith(c, { after: next }), 'More of the text');
}

/** Most pages that can be chosen from; of more, one is named by its id. */
export const CHOICES = 100;

/** The choice of a page, from the first part of the list of pages. */
export function pageChoice({ items, next }: Listing<ListedPage>, chosen: string | undefined): Html {
  if (next !== null) {
    return html`<input type="text" name="page" value="${plain(chosen ?? '')}" placeholder="id of a page" maxlength="80" autocomplete="off">`;
  }
  return html`<select name="page"><option value="">All pages</option>${items.map(
    (page) =>
      html`<option value="${page.id}"${page.id === chosen ? html` selected` : ''}>${plain(pageName(page))}</option>`,
  )}</select>`;
}

/** A labelled field of a form. */
export function field(label: string, control: Html): Html {
  return html`<label><span>${label}</span>${control}</label>`;
}

export function dateInput(name: string, value: string | undefined): Html {
  return html`<input type="date" name="${name}" value="${plain(value ?? '').slice(0, 10)}">`;
}

/** An event date, which may be a month or a year. */
export function eventDateInput(name: string, value: string | undefined): Html {
  return html`<input type="text" name="${name}" value="${plain(value ?? '')}" placeholder="2022-01 or 2022-01-13" size="19" maxlength="10" inputmode="numeric" autocomplete="off">`;
}

export function checkbox(name: string, label: string, checked: boolean): Html {
  return html`<label class="check"><input type="checkbox" name="${name}" value="true"${checked ? html` checked` : ''}><span>${label}</span></label>`;
}
