import { z } from '@hono/zod-openapi';
import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import type { CoverageDay, PageHealth, Reader } from '#app/read/reader.ts';
import type { AlertRecord } from '#core/alerts/record.ts';
import type { QuarantineRecord } from '#core/health/quarantine.ts';
import type { HealthEvent } from '#core/health/record.ts';
import { listedAlerts, listedQuarantine } from '../../api/pages.ts';
import { WEB_BYTES } from '../../http/fit.ts';
import { after } from '../../http/params.ts';
import { addressWith, readQuery } from '../../http/query.ts';
import { sendHtml } from '../../http/send.ts';
import type { Settings } from '../../options.ts';
import { observed } from '../views/dates.ts';
import { layout } from '../views/layout.ts';
import { pageHeader } from '../views/page-header.ts';
import { count, healthNote, more, pageName, table } from '../views/parts.ts';
import { type Html, shown } from '../views/text.ts';

const TURNS: Readonly<Record<HealthEvent['kind'], string>> = {
  down: 'went down',
  recovered: 'came back',
  'odd-link': 'a link that breaks the pattern',
};

/** Captures and alerts listed on the page at most. */
const LISTED = 50;
const query = z.object({ quarantineAfter: after, alertsAfter: after });
/** Most days of the coverage strip. */
const STRIP_DAYS = 60;

/** The health of a page, its quarantine, and its alerts. */
export function healthViewRoutes(reader: Reader, settings: Settings): Hono {
  const app = new Hono();
  app.get('/pages/:id/health', async (c) => {
    const page = await reader.page(c.req.param('id'));
    const { quarantineAfter, alertsAfter } = readQuery(c, query);
    const [captures, alerts, { items: days }] = await Promise.all([
      listedQuarantine(reader, page.id, { limit: LISTED, after: quarantineAfter }, WEB_BYTES),
      listedAlerts(reader, page.id, { limit: LISTED, after: alertsAfter }, WEB_BYTES),
      reader.coverage(page.id, { limit: STRIP_DAYS }),
    ]);
    const content = html`${pageHeader(page, 'health')}<h2>Health</h2>
${healthNote(page.health, false)}
<p>Next check: ${observed(page.health.nextCheckAt)}.</p>
${turns(page.health)}
<h2>Checks day by day</h2>${strip(days)}
<h2>Captures in quarantine</h2>${quarantineTable(captures.items)}${onward(c, 'quarantineAfter', captures.next, 'Older captures')}
<h2>Alerts</h2>${alertTable(alerts.items)}${onward(c, 'alertsAfter', alerts.next, 'More alerts')}`;
    return sendHtml(c, layout(settings, { title: `${pageName(page)}: health`, section: 'pages', content }));
  });
  return app;
}

/** The two lists continue independently of each other. */
function onward(c: Context, name: string, next: string | null, label: string): Html {
  return more(next === null ? null : addressWith(c, { [name]: next }), label);
}

function turns({ events }: PageHealth): Html {
  if (events.length === 0) return html`<p class="note">No alert about this page’s health was sent yet.</p>`;
  const rows = [...events]
    .reverse()
    .map(
      (event) =>
        html`<tr><td>${observed(event.at)}</td><td>${TURNS[event.kind]}</td><td>${shown(event.detail ?? event.reason ?? '')}</td></tr>`,
    );
  return table(['When', 'Event', 'Why'], rows);
}

/** A cell a day: how many checks gave an accepted page, of how many there were. */
function strip(days: readonly CoverageDay[]): Html {
  const cells = days.map((day) => {
    const { believed, changed, refused, failed, looks } = day;
    const seen = believed === looks.length ? `${believed}` : `${believed} of ${looks.length}`;
    const detail = `${count(believed, 'check')} accepted, ${changed} with a change; ${refused} refused, ${failed} without answer`;
    return html`<li class="${shadeOf(day)}" title="${detail}"><time datetime="${day.day}">${day.day.slice(5)}</time> ${seen}</li>`;
  });
  return html`<p class="note">Each day (UTC): how many checks gave an accepted page. “3 of 5”: the other two did not.</p><ul class="strip">${cells}</ul>`;
}

function shadeOf({ believed, changed, refused, failed }: CoverageDay): string {
  if (changed > 0) return 'changed';
  if (believed > 0) return 'believed';
  return refused + failed > 0 ? 'missed' : 'none';
}

function quarantineTable(captures: readonly QuarantineRecord[]): Html {
  if (captures.length === 0) return html`<p class="note">None.</p>`;
  const rows = captures.map(
    (capture) =>
      html`<tr><td>${observed(capture.fetchedAt)}</td><td>${capture.status}</td><td>${shown(capture.reason)}</td><td>${shown(capture.detail)}</td></tr>`,
  );
  return table(['Fetched', 'Status', 'Reason', 'Detail'], rows);
}

function alertTable(alerts: readonly AlertRecord[]): Html {
  if (alerts.length === 0) return html`<p class="note">None.</p>`;
  const rows = alerts.map((alert) => {
    const suppressed = alert.suppressed.length === 0 ? '' : `${count(alert.suppressed.length, 'change')} suppressed`;
    return html`<tr><td>${observed(alert.at)}</td><td>${alert.sent ? 'sent' : 'not sent'}</td><td>${shown(alert.channel ?? 'all')}</td><td>${shown(alert.subject ?? '')}</td><td>${suppressed}</td></tr>`;
  });
  return table(['When', 'Sent', 'Channel', 'Subject', 'Suppressed'], rows);
}
