import { checkUrl, type UrlPolicy } from './url.ts';

/** Where a redirect leads, or why it is not followed. */
export type RedirectVerdict =
  | { readonly ok: true; readonly url: URL }
  | {
      readonly ok: false;
      readonly reason: 'redirect-off-list' | 'redirect-bad' | 'redirect-insecure' | 'redirect-loop' | 'redirect-limit';
      readonly message: string;
    };

/**
 * Judges one hop: its target is held to the same policy as the page's own URL, never leads from https to http, never
 * back to a URL that already redirected, and there are at most `most` of them.
 *
 * @param from the URL that answered with a redirect
 * @param location its `Location`, verbatim
 * @param visited the URLs that redirected before `from`, in order
 */
export function checkRedirect(
  from: URL,
  location: string,
  visited: readonly string[],
  policy: UrlPolicy,
  most: number,
): RedirectVerdict {
  const next = checkUrl(location, policy, from);
  if (!next.ok) {
    const reason = next.reason === 'off-list' ? 'redirect-off-list' : 'redirect-bad';
    return refused(reason, `${from.href}: redirects where it may not: ${next.message}`);
  }
  const { url } = next;
  if (from.protocol === 'https:' && url.protocol === 'http:') {
    return refused('redirect-insecure', `${from.href}: redirects from https to ${url.href}`);
  }
  if (url.href === from.href || visited.includes(url.href)) {
    return refused('redirect-loop', `${from.href}: redirects in a circle, back to ${url.href}`);
  }
  if (visited.length >= most)
    return refused('redirect-limit', `${visited[0] ?? from.href}: more than ${most} redirects`);
  return { ok: true, url };
}

function refused(reason: Extract<RedirectVerdict, { ok: false }>['reason'], message: string): RedirectVerdict {
  return { ok: false, reason, message };
}
