import type { DaybookConfig } from '#core/config.ts';
import { UsageError } from '#core/errors.ts';
import { configuredPages } from '#core/schedule/series.ts';
import { counted } from '../counted.ts';
import type { Place } from './advice.ts';
import { type Finding, fault, note, ok, some, warning } from './finding.ts';
import type { SurveyedPage } from './survey.ts';

/** A configuration that was read, or why it could not be; null where none belongs to the folder. */
export type Loaded =
  | { readonly config: DaybookConfig; readonly name: string }
  | { readonly error: unknown; readonly name: string }
  | null;

/** Field names at the head of the complaints of a wrong configuration. */
const FIELD = /(?:^The configuration is wrong: |; )([\w.[\]]{1,100}): /g;

/** Whether the configuration is valid, and whom it names. */
export function configuration(loaded: Loaded, place: Place): Finding[] {
  if (loaded === null) {
    return [note('configuration', 'Neither addresses nor a configuration belong to this folder: nothing tracks it')];
  }
  const { name } = loaded;
  if ('error' in loaded) return [wrong(loaded.error, name)];
  const { config } = loaded;
  const findings = [
    ok('configuration', `${name} is valid: ${counted(config.pages.length, 'page')}, ${config.series.length} series`),
  ];
  if (place === 'aws' && config.alerts.emails.length === 0) {
    const what = 'No e-mail address is configured: no mail is sent about news, failing pages or alarms';
    findings.push(
      warning('addresses', what, 'Name one under "alerts.emails" and deploy, or subscribe to the two topics yourself'),
    );
  }
  if (config.fetch.contact === undefined && !config.fetch.allowLoopback) {
    const what = 'No contact is configured: owners of sites cannot reach you before they block you';
    const todo = 'Set "fetch.contact" to an e-mail address or a URL';
    findings.push(place === 'aws' ? warning('contact', what, todo) : note('contact', what, todo));
  }
  if (config.fetch.robots === 'ignore') {
    findings.push(note('robots', 'robots.txt is ignored, as configured ("fetch.robots")'));
  }
  return findings;
}

function wrong(error: unknown, name: string): Finding {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof UsageError ? error.code : 'bad-config';
  const fields = [...message.matchAll(FIELD)].map(([, field]) => field ?? '');
  const where = fields.length === 0 ? '' : ` in ${some(fields, 10)}`;
  // The message quotes what was given.
  return fault('configuration', `${name} cannot be used (${code})${where}`, message, { code });
}

/**
 * Whether the store tracks what the configuration names.
 * @param start what starts tracking
 * @param isNew of a deployment whose first rounds are still to come
 */
export function tracked(
  pages: readonly SurveyedPage[],
  loaded: Loaded,
  now: Date,
  start: string,
  isNew = false,
): Finding[] {
  const watched = pages.filter((page) => page.isWatched);
  const facts = { pages: pages.length, watched: watched.length };
  const rest = pages.length - watched.length;
  const findings: Finding[] = [];
  if (watched.length > 0) {
    const more = rest === 0 ? '' : `, and ${rest} retired or paused`;
    findings.push(ok('pages', `${counted(watched.length, 'page')} watched${more}`, facts));
  }
  const config = loaded !== null && 'config' in loaded ? loaded.config : null;
  if (config === null) return findings.length > 0 ? findings : [note('pages', 'No page is watched', start, facts)];
  const known = new Set(pages.map(({ id }) => id));
  const configured = configuredPages(config, now);
  const missing = configured.filter(({ id }) => !known.has(id)).map(({ id }) => id);
  if (missing.length > 0) {
    const what = `${counted(missing.length, 'configured page')} not tracked yet: ${some(missing)}`;
    const more = { ...facts, missing: missing.length };
    if (isNew) findings.push(note('pages', `${what}; the first rounds are still to come`, null, more));
    else findings.push((watched.length === 0 ? fault : warning)('pages', what, start, more));
  }
  const configuredIds = new Set(configured.map(({ id }) => id));
  const extra = watched.filter(
    ({ id, source, isMember }) => source === 'config' && !isMember && !configuredIds.has(id),
  );
  if (extra.length > 0) {
    const what = `${counted(extra.length, 'page')} tracked and no longer in this configuration: ${some(extra.map(({ id }) => id))}`;
    findings.push(note('pages', what, `Another configuration is in use there; ${start}`, { extra: extra.length }));
  }
  return findings.length > 0 ? findings : [note('pages', 'No page is watched', start, facts)];
}
