import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import type { Listing } from '#app/ports.ts';
import { type ListedPage, type Reader, RevisionError, showsMentions, type TimelineItem } from '#app/read/reader.ts';
import { fittingTimeline, timelineQuery, timelineRequest } from '../../api/timeline.ts';
import { WEB_BYTES } from '../../http/fit.ts';
import { addressWith, readQuery } from '../../http/query.ts';
import { sendHtml } from '../../http/send.ts';
import type { Settings } from '../../options.ts';
import { basisNote } from '../views/basis.ts';
import { eventDate, observed } from '../views/dates.ts';
import { layout } from '../views/layout.ts';
import { anchorOf } from '../views/paragraphs.ts';
import {
  CHOICES,
  checkbox,
  count,
  dateInput,
  eventDateInput,
  field,
  more,
  pageChoice,
  pagePath,
  revisionPath,
} from '../views/parts.ts';
import { type Html, plain, shown, withMentions } from '../views/text.ts';

/** Paragraphs of the pages by the days that they report. */
export function timelineViewRoutes(reader: Reader, settings: Settings): Hono {
  const app = new Hono();
  app.get('/timeline', async (c) => {
    const query = readQuery(c, timelineQuery);
    const request = timelineRequest(query, 'newest');
    const [pages, { items, next }] = await Promise.all([
      reader.pages({ limit: CHOICES }),
      fittingTimeline(reader, request, WEB_BYTES),
    ]);
    const [names, before] = await Promise.all([
      reader.names(items.map((item) => item.pageId)),
      revisionsBefore(reader, items),
    ]);
    const shownBy = { names, before };
    const content = html`<h1>Timeline</h1>
<p class="lead">What the pages report, by the day on which it happened.</p>
${filters(c, pages)}
<p class="${query.asOf === undefined ? 'note' : 'notice as-of'}">${query.asOf === undefined ? 'As the pages are now.' : html`As the pages were at ${observed(query.asOf)}.`} Show: ${otherList(query.undated === true)}${query.undated === true ? '' : html` · ${otherDays(c, showsMentions(request))}`}</p>
${items.length === 0 ? html`<p class="empty">No paragraph matches.</p>` : byDay(items).map((day) => daySection(c, day, shownBy))}
${more(next === null ? null : addressWith(c, { after: next }), query.order === 'oldest' ? 'Later days' : 'Earlier days')}`;
    return sendHtml(c, layout(settings, { title: 'Timeline', section: 'timeline', content }));
  });
  return app;
}

function otherList(undated: boolean): Html {
  if (undated) return html`<a href="/timeline">paragraphs with a date</a>`;
  return html`<a href="/timeline?undated=true">paragraphs without a date</a>`;
}

function otherDays(c: Context, mentions: boolean): Html {
  const to = addressWith(c, { mentions: String(!mentions), after: null });
  return html`<a href="${to}">${mentions ? 'event dates only' : 'also days that are only mentioned'}</a>`;
}

function byDay(items: readonly TimelineItem[]): TimelineItem[][] {
  const days: TimelineItem[][] = [];
  for (const item of items) {
    const day = days.at(-1);
    if (day?.[0]?.date === item.date) day.push(item);
    else days.push([item]);
  }
  return days;
}

interface ShownBy {
  readonly names: ReadonlyMap<string, string>;
  /** By the id of a revision the one before it. */
  readonly before: ReadonlyMap<string, string>;
}

/** Of each revision that took a paragraph off a day, the one before it: the last that has the paragraph there. */
async function revisionsBefore(reader: Reader, items: readonly TimelineItem[]): Promise<Map<string, string>> {
  const removals = new Map(items.filter((item) => !item.present).map((item) => [item.revisionId, item.pageId]));
  const found = await Promise.all(
    [...removals].map(async ([id, pageId]): Promise<[string, string][]> => {
      try {
        const { record } = await reader.find(pageId, { id });
        return record.previous === null ? [] : [[id, record.previous]];
      } catch (error) {
        // An import replaced it since the items were read: they link to its own address, which says so.
        if (error instanceof RevisionError) return [];
        throw error;
      }
    }),
  );
  return new Map(found.flat());
}

function daySection(c: Context, day: readonly TimelineItem[], shownBy: ShownBy): Html {
  const date = day[0]?.date ?? null;
  const whole = date === null ? null : addressWith(c, { from: date, to: date, mentions: null, after: null });
  const title = whole === null ? eventDate(null) : html`<a href="${whole}">${eventDate(date)}</a>`;
  return html`<section class="day"><h2>${title}</h2><ul>${day.map((item) => entry(item, shownBy))}</ul></section>`;
}

function entry(item: TimelineItem, { names, before }: ShownBy): Html {
  const anchor = `#${encodeURIComponent(anchorOf(item.paragraphId))}`;
  const revision = before.get(item.revisionId) ?? item.revisionId;
  const place = item.present ? pagePath(item.pageId, anchor) : revisionPath(item.pageId, revision) + anchor;
  const note = basisNote(item.dateBasis);
  const life = pagePath(item.pageId, `/paragraphs/${encodeURIComponent(plain(item.paragraphId))}`);
  return html`<li${item.present ? '' : html` class="removed"`}>
<p class="text" dir="auto">${withMentions(item.text, item.mentions)}</p>
<p class="source"><a href="${place}">${shown(names.get(item.pageId) ?? item.pageId)}</a>, <a href="${life}">${sightings(item)}</a>${note === null ? '' : `; ${note}`}${item.main ? '' : html`; only mentions this day, its own date is ${eventDate(item.eventDate)}`}${omitted(item)}</p></li>`;
}

function sightings(item: TimelineItem): Html {
  const { firstSeen, presentSince } = item;
  if (!item.present) {
    return html`<strong>removed</strong> from this day at ${observed(item.observedAt)}; first seen ${observed(firstSeen.observedAt)}`;
  }
  const again =
    presentSince.revision === firstSeen.revision
      ? ''
      : html`, present again since ${observed(presentSince.observedAt)}`;
  const words = item.revision === presentSince.revision ? '' : html`, in this form since ${observed(item.observedAt)}`;
  return html`first seen ${observed(firstSeen.observedAt)}${again}${words}`;
}

function omitted({ omittedDays = 0 }: TimelineItem): string {
  return omittedDays === 0 ? '' : `; mentions ${count(omittedDays, 'more day')} that it is not listed under`;
}

function filters(c: Context, pages: Listing<ListedPage>): Html {
  const given = (name: string) => c.req.query(name);
  return html`<form class="filters" method="get" action="/timeline">
${field('Page', pageChoice(pages, given('page')))}
${field('From', eventDateInput('from', given('from')))}
${field('To', eventDateInput('to', given('to')))}
${field('As the pages were at the end of (UTC)', dateInput('asOf', given('asOf')))}
${field('Order', html`<select name="order"><option value="newest">Newest first</option><option value="oldest"${given('order') === 'oldest' ? html` selected` : ''}>Oldest first</option></select>`)}
${checkbox('removed', 'With removed paragraphs', given('removed') === 'true')}
<button>Show</button></form>`;
}
