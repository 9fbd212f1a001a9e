import robotsParser from 'robots-parser';

/** What a site's robots.txt means for us. */
export type RobotsRules =
  | { readonly kind: 'allow-all' }
  | { readonly kind: 'disallow-all' }
  | { readonly kind: 'rules'; readonly robotsUrl: string; readonly text: string };

/** RFC 9309, 2.5: at least 500 KiB must be read; what follows is ignored. */
export const ROBOTS_MAX_BYTES = 500 * 1024;
/** Longest crawl-delay that is honoured as asked, seconds; longer ones are held to this. */
const MAX_CRAWL_DELAY_SECONDS = 300;

export interface RobotsDecision {
  readonly allowed: boolean;
  readonly crawlDelaySeconds: number | null;
}

/**
 * What an answer to `GET /robots.txt` means (RFC 9309, 2.3.1): 2xx gives rules, 4xx allows everything ("unavailable"),
 * everything else forbids everything ("unreachable").
 */
export function rulesOf(status: number, robotsUrl: string, body: Uint8Array): RobotsRules {
  if (status >= 200 && status < 300) {
    const head = body.length > ROBOTS_MAX_BYTES ? wholeLines(body.subarray(0, ROBOTS_MAX_BYTES)) : body;
    return { kind: 'rules', robotsUrl, text: new TextDecoder().decode(head) };
  }
  return status >= 400 && status < 500 ? { kind: 'allow-all' } : { kind: 'disallow-all' };
}

/** The rules of one site, parsed once, asked per URL. */
export type RobotsPolicy = (url: string) => RobotsDecision;

/**
 * Parses the rules for one product token, e.g. `daybook`: its own group, or `*`.
 *
 * robots.txt itself may always be fetched, and the rules say nothing about a URL of another origin.
 */
export function compileRobots(rules: RobotsRules, product: string): RobotsPolicy {
  if (rules.kind !== 'rules') return () => ({ allowed: rules.kind === 'allow-all', crawlDelaySeconds: null });
  const parser = robotsParser(rules.robotsUrl, rules.text);
  const delay = parser.getCrawlDelay(product);
  const crawlDelaySeconds =
    delay !== undefined && Number.isFinite(delay) && delay > 0 ? Math.min(delay, MAX_CRAWL_DELAY_SECONDS) : null;
  return (url) => ({ allowed: parser.isAllowed(url, product) ?? true, crawlDelaySeconds });
}

/** The product token of a User-Agent: what robots.txt groups are named after. */
export function productToken(userAgent: string): string {
  return /^[A-Za-z_-]+/.exec(userAgent)?.[0]?.toLowerCase() ?? '*';
}

/** Cut at the cap, the last line may have lost its end: half a rule would forbid or allow something else. */
function wholeLines(bytes: Uint8Array): Uint8Array {
  const lastBreak = Math.max(bytes.lastIndexOf(0x0a), bytes.lastIndexOf(0x0d));
  return lastBreak < 0 ? bytes.subarray(0, 0) : bytes.subarray(0, lastBreak);
}
