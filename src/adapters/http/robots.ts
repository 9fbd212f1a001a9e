import { compileRobots, productToken, type RobotsDecision, type RobotsPolicy, rulesOf } from '#core/net/robots.ts';
import { FetchProblem } from './failure.ts';
import type { Answer } from './transport.ts';

/** RFC 9309, 2.4: a copy should not be used for longer than 24 hours. */
const ROBOTS_TTL_MS = 24 * 3_600_000;
/** A site that did not give its rules is asked again after this, not after a day. */
const UNREACHABLE_TTL_MS = 10 * 60_000;

interface Entry {
  readonly policy: RobotsPolicy;
  readonly readAt: number;
  readonly expiresAt: number;
  /** Why everything is forbidden, where that is not the site's own word. */
  readonly trouble: FetchProblem | null;
}

/** Answers `GET /robots.txt` of an origin, redirects followed; throws FetchProblem. */
export type RobotsLoader = (robotsUrl: URL) => Promise<Answer>;

/** robots.txt per origin: asked once a day, one request even when many pages of a host are due together. */
export class RobotsCache {
  readonly #entries = new Map<string, Entry>();
  readonly #loading = new Map<string, Promise<Entry>>();
  readonly #load: RobotsLoader;
  readonly #product: string;
  readonly #now: () => number;

  constructor(load: RobotsLoader, userAgent: string, now: () => number) {
    this.#load = load;
    this.#product = productToken(userAgent);
    this.#now = now;
  }

  /**
   * Whether the site lets us fetch `url`.
   *
   * @throws FetchProblem `robots` when the site's server failed (5xx); what happened when it could not be asked at all
   */
  async decide(url: URL): Promise<RobotsDecision> {
    const entry = await this.#entry(url.origin);
    if (entry.trouble !== null) throw entry.trouble;
    return entry.policy(url.href);
  }

  /** The crawl-delay of an origin whose rules were read; null without one. */
  crawlDelaySeconds(url: URL): number | null {
    return this.#entries.get(url.origin)?.policy(url.href).crawlDelaySeconds ?? null;
  }

  async #entry(origin: string): Promise<Entry> {
    const cached = this.#entries.get(origin);
    const now = this.#now();
    // A clock that was set back since would keep the copy for too long.
    if (cached !== undefined && cached.readAt <= now && now < cached.expiresAt) return cached;
    const underWay = this.#loading.get(origin);
    if (underWay !== undefined) return underWay;
    const loading = this.#ask(origin, cached);
    this.#loading.set(origin, loading);
    try {
      const entry = await loading;
      this.#entries.set(origin, entry);
      return entry;
    } finally {
      this.#loading.delete(origin);
    }
  }

  /** RFC 9309, 2.3.1.2: a robots.txt that no five redirects lead to counts as absent. */
  #allowed(): Entry {
    const policy = compileRobots({ kind: 'allow-all' }, this.#product);
    return { policy, ...this.#lasting(ROBOTS_TTL_MS), trouble: null };
  }

  #lasting(ms: number): Pick<Entry, 'readAt' | 'expiresAt'> {
    const readAt = this.#now();
    return { readAt, expiresAt: readAt + ms };
  }

  async #ask(origin: string, before: Entry | undefined): Promise<Entry> {
    const robotsUrl = new URL('/robots.txt', origin);
    let trouble: FetchProblem;
    try {
      const { status, body } = await this.#load(robotsUrl);
      const rules = rulesOf(status, robotsUrl.href, body);
      if (rules.kind !== 'disallow-all') {
        return { policy: compileRobots(rules, this.#product), ...this.#lasting(ROBOTS_TTL_MS), trouble: null };
      }
      trouble = new FetchProblem(
        'robots',
        `${robotsUrl.href}: HTTP ${status}, so nothing may be fetched from there for now`,
        {
          retryable: true,
        },
      );
    } catch (error) {
      // Nothing was asked, so nothing is cached.
      if (!(error instanceof FetchProblem)) throw error;
      if (error.reason === 'redirect-limit' || error.reason === 'redirect-loop') return this.#allowed();
      trouble = error;
    }
    const times = this.#lasting(UNREACHABLE_TTL_MS);
    // RFC 9309, 2.4: a cached copy may be used on while the file is unreachable.
    if (before !== undefined && before.trouble === null) return { ...before, ...times };
    return { policy: compileRobots({ kind: 'disallow-all' }, this.#product), ...times, trouble };
  }
}
