import type { HealthReason } from './types.ts';

const REASONS: ReadonlyMap<string, HealthReason> = new Map<string, HealthReason>(
  Object.entries({
    robots: 'robots',
    'bad-url': 'refused',
    'off-list': 'refused',
    'forbidden-address': 'refused',
    'too-large': 'too-large',
    truncated: 'truncated',
    encoding: 'undecodable',
    'redirect-loop': 'redirected',
    'redirect-limit': 'redirected',
    'redirect-off-list': 'redirected',
    'redirect-insecure': 'redirected',
    'redirect-bad': 'redirected',
  } as const),
);

/**
 * The health reason of a fetch that got no answer. Failures of DNS, connection and TLS are all `unreachable`.
 *
 * @param failure the fetch failure's stable reason
 */
export function healthReasonOf(failure: string): HealthReason {
  return REASONS.get(failure) ?? 'unreachable';
}

/** The status that the detail of an unhealthy check begins with, `HTTP 403 …`; null where it names none. */
export function statusIn(detail: string | null): number | null {
  const status = /^HTTP (\d{3})\b/.exec(detail ?? '')?.[1];
  return status === undefined ? null : Number(status);
}

const GONE: ReadonlySet<number | null> = new Set([404, 410]);
const REFUSED: ReadonlySet<number | null> = new Set([401, 403, 429, 451]);

/** Whether an answer says that there is no such page: 404 or 410, or a page of such words. A challenge says nothing. */
export function isAbsence(reason: string | null, detail: string | null): boolean {
  return reason === 'soft-404' || (reason !== 'captcha' && GONE.has(statusIn(detail)));
}

/** False where no request was sent: the failure then counts as no check. */
export function isObservation(failure: string): boolean {
  return failure !== 'postponed';
}

/**
 * Whether a site answers and refuses: a status of refusal, a wall or a captcha. Other addresses may be let in.
 *
 * @param status of the answer, null where it is not known
 */
export function isRefusal(reason: string | null, status: number | null): boolean {
  return reason === 'block-page' || reason === 'captcha' || REFUSED.has(status);
}
