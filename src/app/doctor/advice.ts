import { isRefusal } from '#core/health/failure.ts';
import type { HealthReason } from '#core/health/types.ts';

/** Where the pages are asked from: functions of an AWS account, or this machine. */
export type Place = 'aws' | 'local';

const REMEDIES: Readonly<Record<HealthReason, string>> = {
  unreachable: 'See whether the host still has this name and answers in a browser; if it moved, change the address',
  robots:
    'Ask the site for permission; with it, "fetch.robots" may be "ignore" in the configuration, else take the page out',
  refused:
    'Name the host under "fetch.hosts", or its port under "fetch.ports", and deploy or start again, or correct the address',
  'http-status': 'Open the address in a browser; if the page moved, change the address in the configuration',
  redirected: 'Open the address in a browser, and watch the address where it ends',
  'content-type': 'Watch the address of an HTML page: this one answers with something else',
  empty: 'Open the address in a browser; an answer without a word often ends by itself',
  undecodable: 'Open the address in a browser; if it shows well there, report the page',
  truncated: 'Wait for the next check; if it stays, the site cuts its answers off',
  'too-large': 'Raise "fetch.maxBytes" in the configuration, or watch a smaller page',
  'block-page': 'Open the address in a browser; if it answers there, ask the site for permission',
  captcha: 'Open the address in a browser; if it answers there, ask the site for permission',
  maintenance: 'Wait: the site says that it is being worked on',
  'soft-404': 'Open the address in a browser; if the page is gone, change the address in the configuration',
  'no-article': 'Try "daybook extract ADDRESS": a page that scripts fill cannot be read',
  shrunk: 'Open the address in a browser: most of its text is gone, and is accepted when it stays so',
  'mass-change': 'Open the address in a browser: most of it is new, and is accepted when it stays so',
};

const RELAY = 'Fetch it elsewhere: "daybook relay --aws" on a machine that the site answers (docs/relay.md)';

/** What to do about pages that are not believed, one sentence. */
export function adviceFor(reason: string | null, status: number | null, place: Place): string {
  if (isRefusal(reason, status)) {
    if (place === 'aws') return RELAY;
    if (status === 401) return 'Watch a page that needs no password';
    if (status === 429) return 'Raise "fetch.minGapSeconds" in the configuration: the site is asked too often';
    return REMEDIES['block-page'];
  }
  return REMEDIES[reason as HealthReason] ?? 'Read "daybook pages" and the log for the reason';
}
