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
 * What a fetch that gave no answer says of the page; the name and the network's troubles are all `unreachable`.
 *
 * @param failure the fetch failure's stable reason
 */
export function healthReasonOf(failure: string): HealthReason {
  return REASONS.get(failure) ?? 'unreachable';
}

/** False for a failure that says nothing of the page: nothing was asked, so it is no check, neither good nor bad. */
export function isObservation(failure: string): boolean {
  return failure !== 'postponed';
}
