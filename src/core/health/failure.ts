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

/** Whether an answer says that there is no such page: 404 or 410, or a page of such words. A challenge says nothing. */
export function isAbsence(reason: string | null, detail: string | null): boolean {
  return reason === 'soft-404' || (reason !== 'captcha' && /^HTTP (?:404|410)\b/.test(detail ?? ''));
}

/** False where no request was sent: the failure then counts as no check. */
export function isObservation(failure: string): boolean {
  return failure !== 'postponed';
}

/** Whether a site answers and refuses: 401, 403, 429, or a page of that meaning. Other addresses may be let in. */
export function isRefusal(reason: string | null, detail: string | null): boolean {
  return reason === 'block-page' || reason === 'captcha' || /^HTTP (?:401|403|429)\b/.test(detail ?? '');
}
