import { html } from 'hono/html';
import type { Change, ChangeKind, ParagraphRef, Substance } from '#core/diff/types.ts';
import type { ChangeRecord } from '#core/history/types.ts';
import { eventDate, observed } from './dates.ts';
import { pagePath, revisionPath } from './parts.ts';
import { type Html, shown, wordRuns } from './text.ts';

export const KIND_NAMES: Readonly<Record<ChangeKind, string>> = {
  added: 'Added',
  edited: 'Edited',
  redated: 'Redated',
  moved: 'Moved',
  split: 'Split',
  merged: 'Merged',
  removed: 'Removed',
  restored: 'Restored',
  reordered: 'Reordered',
};

const SUBSTANCE: Readonly<Record<Substance, string>> = {
  facts: 'facts changed',
  wording: 'wording',
  cosmetic: 'cosmetic',
};

/** Changes of one or many pages, one section for each revision. `names` are the pages' names, by id; absent within one page. */
export function changeFeed(items: readonly ChangeRecord[], names: ReadonlyMap<string, string> | null): Html {
  if (items.length === 0) return html`<p class="empty">No changes.</p>`;
  return html`${byRevision(items).map((group) => revisionGroup(group, names))}`;
}

/** Listings are in the order of their observed times, so that a revision's changes are together. */
function byRevision(items: readonly ChangeRecord[]): ChangeRecord[][] {
  const groups: ChangeRecord[][] = [];
  for (const item of items) {
    const group = groups.at(-1);
    if (group?.[0]?.revisionId === item.revisionId) group.push(item);
    else groups.push([item]);
  }
  // Within a revision always in the order of the page, also when the newest come first.
  return groups.map((group) => group.sort((a, b) => a.seq - b.seq));
}

function revisionGroup(group: readonly ChangeRecord[], names: ReadonlyMap<string, string> | null): Html {
  const [first] = group;
  if (first === undefined) return html``;
  const { pageId, revision, revisionId, observedAt } = first;
  const name = names?.get(pageId);
  const heading = html`${name === undefined ? '' : html`<a href="${pagePath(pageId)}">${shown(name)}</a> `}<span class="observed">observed ${observed(observedAt)}</span> <a class="number" href="${revisionPath(pageId, revisionId)}">revision ${revision}</a>`;
  // Across pages the groups are right below the document's title, within a page below the heading of the feed.
  return html`<section class="revision">
${names === null ? html`<h3>${heading}</h3>` : html`<h2>${heading}</h2>`}
${first.technical ? html`<p class="note">A new parser version made these changes, not the page.</p>` : ''}
${changeList(group)}
</section>`;
}

export function changeList(changes: readonly Change[]): Html {
  return html`<ol class="changes">${changes.map((change) => html`<li class="change ${change.kind}">${head(change)}${body(change)}</li>`)}</ol>`;
}

function head(change: Change): Html {
  const flags = [
    change.late === true ? 'late' : null,
    change.substance === undefined ? null : SUBSTANCE[change.substance],
    change.moved === true ? 'moved' : null,
    change.edited === true && change.kind !== 'edited' ? 'edited' : null,
    change.redated === true && change.kind !== 'redated' ? 'redated' : null,
  ].filter((flag) => flag !== null);
  return html`<p class="what"><strong>${KIND_NAMES[change.kind]}</strong>${flags.map(
    (flag) => html` <span class="flag${flag === 'late' || flag === 'facts changed' ? ' strong' : ''}">${flag}</span>`,
  )} <span class="when">${dates(change)}</span></p>`;
}

function dates({ dateBefore, date }: Change): Html {
  if (dateBefore === undefined || dateBefore === date) return eventDate(date);
  return html`<del>${eventDate(dateBefore)}</del> <ins>${eventDate(date)}</ins>`;
}

function body(change: Change): Html {
  const { before, after, words } = change;
  switch (change.kind) {
    case 'added':
    case 'restored':
      return html`${after.map((ref) => html`<p dir="auto"><ins>${shown(ref.text)}</ins></p>`)}`;
    case 'removed':
      return html`${before.map((ref) => html`<p dir="auto"><del>${shown(ref.text)}</del></p>`)}`;
    case 'reordered':
      return reordered(before, after);
    default:
      if (words !== undefined) return html`<p dir="auto">${wordRuns(words)}</p>`;
      return sameText(before, after) ? paragraphs(after) : html`${removedThenAdded(before, after)}`;
  }
}

function sameText(before: readonly ParagraphRef[], after: readonly ParagraphRef[]): boolean {
  return before.length === 1 && after.length === 1 && before[0]?.text === after[0]?.text;
}

function paragraphs(refs: readonly ParagraphRef[]): Html {
  return html`${refs.map((ref) => html`<p dir="auto">${shown(ref.text)}</p>`)}`;
}

function removedThenAdded(before: readonly ParagraphRef[], after: readonly ParagraphRef[]): Html[] {
  return [
    ...before.map((ref) => html`<p dir="auto"><del>${shown(ref.text)}</del></p>`),
    ...after.map((ref) => html`<p dir="auto"><ins>${shown(ref.text)}</ins></p>`),
  ];
}

function reordered(before: readonly ParagraphRef[], after: readonly ParagraphRef[]): Html {
  return html`<details><summary>${after.length} paragraphs are in another order</summary>
<ol class="order">${after.map((ref) => html`<li dir="auto">${shown(ref.text)} <span class="basis">was at place ${place(before, ref)}</span></li>`)}</ol></details>`;
}

function place(before: readonly ParagraphRef[], ref: ParagraphRef): string {
  const was = before.find((old) => old.id === ref.id);
  return was === undefined ? '?' : String(was.at + 1);
}
