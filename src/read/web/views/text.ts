import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { Mention } from '#core/dates/types.ts';
import type { WordRun } from '#core/diff/types.ts';
import { parseUrl } from '#core/net/parse-url.ts';
import { replaceHostile, splitHostile } from '#core/text/hostile.ts';
import { basisNote } from './basis.ts';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** A page's text for people: hostile characters are shown by their number. */
export function shown(text: string): (string | Html)[] {
  return splitHostile(text).map((part) =>
    part.hostile ? html`<span class="steering">${codePoint(part.text)}</span>` : part.text,
  );
}

/** The same for places that hold no markup: a document's title, an attribute, an option. */
export function plain(text: string): string {
  return replaceHostile(text, () => '\ufffd');
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** A paragraph's text with the words marked that date it. Offsets outside the text are ignored. */
export function withMentions(text: string, mentions: readonly Mention[]): (string | Html)[] {
  const parts: (string | Html)[] = [];
  let from = 0;
  for (const mention of [...mentions].sort((a, b) => a.start - b.start)) {
    if (mention.start < from || mention.end <= mention.start || mention.end > text.length) continue;
    if (mention.value === null || mention.role === 'none') continue;
    parts.push(...shown(text.slice(from, mention.start)), marked(text.slice(mention.start, mention.end), mention));
    from = mention.end;
  }
  parts.push(...shown(text.slice(from)));
  return parts;
}

function marked(words: string, mention: Mention): Html {
  const value = mention.value ?? '';
  const title = `${value}, ${mention.role}${basisNote(mention.basis) === null ? '' : `, ${basisNote(mention.basis)}`}`;
  const kind = mention.role === 'event' || mention.role === 'scheduled' ? 'mention' : 'mention aside';
  // HTML knows no ranges: these are marked without a machine-readable value.
  if (mention.granularity === 'range')
    return html`<span class="${kind}" title="${plain(title)}">${shown(words)}</span>`;
  return html`<time class="${kind}" datetime="${plain(value)}" title="${plain(title)}">${shown(words)}</time>`;
}

/** A word-level difference: removed words as `del`, added ones as `ins`. */
export function wordRuns(runs: readonly WordRun[]): Html[] {
  return runs.map((run) => {
    if (run.op === 'removed') return html`<del>${shown(run.text)}</del>`;
    if (run.op === 'added') return html`<ins>${shown(run.text)}</ins>`;
    return html`${shown(run.text)}`;
  });
}

/** A link to the watched page itself, or its address as text where it is no web address. */
export function outward(url: string, label: string): Html {
  const target = parseUrl(url);
  if (target === null || !/^https?:$/.test(target.protocol)) return html`<span>${shown(label)}</span>`;
  return html`<a href="${target.href}" rel="noopener noreferrer nofollow external">${shown(label)}</a>`;
}
