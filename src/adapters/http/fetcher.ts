import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { FetchedResponse, FetchOutcome, FetchRequest, PageFetcher } from '#app/fetch/page-fetcher.ts';
import { hostGapMs } from '#core/net/host-gap.ts';
import { checkRedirect } from '#core/net/redirect.ts';
import { parseRetryAfter } from '#core/net/retry-after.ts';
import { ROBOTS_MAX_BYTES } from '#core/net/robots.ts';
import { checkUrl } from '#core/net/url.ts';
import type { Resolver } from './connector.ts';
import { FetchProblem, failure } from './failure.ts';
import { HostGate, TooLongAWait } from './gate.ts';
import { RobotsCache } from './robots.ts';
import { type Answer, get, type TransportOptions } from './transport.ts';

/** What a fetcher may reach and how it behaves. Durations in milliseconds, sizes in bytes. */
export interface FetcherOptions {
  /** Hosts of the configuration: names or IP literals, compared whole. */
  readonly allowedHosts: readonly string[];
  /** Local mode only: 127.0.0.0/8 and ::1 may be connected to. */
  readonly allowLoopback: boolean;
  /** The exact ports that may be asked. */
  readonly allowedPorts: readonly number[];
  /** Who we are, with a contact: `daybook/1.0 (+https://example.org/about; ops@example.org)`. */
  readonly userAgent: string;
  /** Most decoded bytes of a body. Default 10 MB. */
  readonly maxBytes?: number;
  /** Resolving, connecting and TLS. Default 10 s. */
  readonly connectTimeoutMs?: number;
  /** A whole fetch, redirects included, waiting for the host's turn excluded. Default 60 s. */
  readonly totalTimeoutMs?: number;
  /** Default 5. */
  readonly maxRedirects?: number;
  /** `ignore` is an override for sites that gave permission; it is logged. Default `obey`. */
  readonly robots?: 'obey' | 'ignore';
  /** Shortest gap between two requests to one host. Default 1 s. */
  readonly minGapMs?: number;
  /** Longest wait for a host's turn; beyond it the fetch is `postponed`. Default 60 s. */
  readonly maxWaitMs?: number;
  /** Epoch milliseconds. */
  readonly now?: () => number;
  readonly sleep?: (ms: number) => Promise<void>;
  readonly random?: () => number;
  /** Sends one request and reads its answer; a simulation answers by itself. Default: over the network. */
  readonly ask?: typeof get;
  readonly resolver?: Resolver;
  /** PEM certificates trusted instead of the system's, for a private authority. */
  readonly ca?: string;
  /** Called with one line for each event that an operator should find in the log. */
  readonly log?: (message: string, fields: Readonly<Record<string, unknown>>) => void;
}

const MEBIBYTE = 1024 * 1024;
const DEFAULT_TOTAL_MS = 60_000;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** The one that talks to the outside. See {@link FetcherOptions}; outcomes are values, it rejects for nothing. */
export function createFetcher(options: FetcherOptions): PageFetcher {
  return new HttpFetcher(options);
}

class HttpFetcher implements PageFetcher {
  readonly #options: FetcherOptions;
  readonly #transport: TransportOptions;
  readonly #now: () => number;
  readonly #gate: HostGate;
  readonly #robots: RobotsCache | null;
  readonly #maxWaitMs: number;
  readonly #justReadRules = new Set<string>();
  readonly #closing = new AbortController();

  constructor(options: FetcherOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#transport = {
      allowLoopback: options.allowLoopback,
      connectTimeoutMs: options.connectTimeoutMs ?? 10_000,
      resolver: options.resolver,
      ca: options.ca,
      userAgent: options.userAgent,
      maxBytes: options.maxBytes ?? 10 * MEBIBYTE,
    };
    const sleep =
      options.sleep ?? ((ms: number) => delay(ms, undefined, { signal: this.#closing.signal }).catch(() => {}));
    // One listener for each host that is asked or waited for: as many as there are hosts, and no leak.
    setMaxListeners(0, this.#closing.signal);
    this.#maxWaitMs = options.maxWaitMs ?? 60_000;
    this.#gate = new HostGate({ now: this.#now, sleep }, this.#maxWaitMs, this.#closing.signal);
    if (options.robots === 'ignore') {
      this.#robots = null;
      options.log?.('robots.txt is ignored, as configured', { hosts: options.allowedHosts });
    } else {
      this.#robots = new RobotsCache((url) => this.#loadRobots(url), options.userAgent, this.#now);
    }
  }

  async fetch(request: FetchRequest): Promise<FetchOutcome> {
    try {
      return await this.#fetch(request);
    } catch (error) {
      if (error instanceof TooLongAWait) {
        const seconds = Math.ceil(error.waitMs / 1000);
        return failure('postponed', `${request.url}: ${error.message}`, true, seconds);
      }
      if (error instanceof FetchProblem) return failure(error.reason, error.message, error.retryable);
      throw error;
    }
  }

  hostFreeAt(address: string): number | null {
    const url = new URL(address);
    const crawlDelay = this.#robots?.crawlDelaySeconds(url) ?? null;
    return this.#gate.freeAt(url.host, hostGapMs(this.#options.minGapMs ?? 1000, crawlDelay, 1));
  }

  async close(): Promise<void> {
    this.#closing.abort();
  }

  async #fetch(request: FetchRequest): Promise<FetchOutcome> {
    const first = checkUrl(request.url, this.#options);
    if (!first.ok) return failure(first.reason, first.message);
    const validators = validatorsOf(request);
    const journey = await this.#follow(first.url, validators, async (url) => {
      if (this.#robots === null) return;
      const { allowed } = await this.#robots.decide(url);
      if (!allowed) throw new FetchProblem('robots', `${url.href}: robots.txt does not allow it`);
    });
    const { answer, url, redirects } = journey;
    if (answer.status === 304) {
      if (Object.keys(validators).some((name) => name.startsWith('if-'))) {
        return { kind: 'notModified', headers: answer.headers };
      }
      return failure('protocol', `${url.href}: HTTP 304 to a request that named no version`);
    }
    const response: FetchedResponse = {
      kind: 'response',
      status: answer.status,
      headers: answer.headers,
      body: answer.body,
      finalUrl: url.href,
      redirects,
      remoteAddress: answer.remoteAddress,
      retryAfterSeconds: parseRetryAfter(answer.headers['retry-after'], this.#now()),
    };
    return response;
  }

  /** Sends the request and follows its redirects; each hop is checked, paced and counted. */
  async #follow(
    start: URL,
    headers: Readonly<Record<string, string>>,
    permit: (url: URL) => Promise<void>,
    cutAt?: number,
  ): Promise<{ answer: Answer; url: URL; redirects: string[] }> {
    const redirects: string[] = [];
    let url = start;
    let leftMs = this.#options.totalTimeoutMs ?? DEFAULT_TOTAL_MS;
    for (;;) {
      await permit(url);
      const { answer, tookMs } = await this.#send(url, headers, leftMs, cutAt);
      leftMs -= tookMs;
      const location = answer.headers.location;
      if (!REDIRECTS.has(answer.status) || location === undefined) return { answer, url, redirects };
      const next = checkRedirect(url, location, redirects, this.#options, this.#options.maxRedirects ?? 5);
      if (!next.ok) throw new FetchProblem(next.reason, next.message);
      redirects.push(url.href);
      url = next.url;
    }
  }

  async #loadRobots(robotsUrl: URL): Promise<Answer> {
    const target = checkUrl(robotsUrl.href, this.#options);
    if (!target.ok) throw new FetchProblem(target.reason, target.message);
    const { answer } = await this.#follow(target.url, {}, async () => {}, ROBOTS_MAX_BYTES);
    return answer;
  }

  async #send(
    url: URL,
    headers: Readonly<Record<string, string>>,
    timeoutMs: number,
    cutAt?: number,
  ): Promise<{ answer: Answer; tookMs: number }> {
    const { minGapMs = 1000, random = Math.random, ask = get } = this.#options;
    const isRobots = cutAt !== undefined;
    const gap = (): number => {
      const asked = hostGapMs(minGapMs, this.#robots?.crawlDelaySeconds(url) ?? null, random());
      // Reading the rules must not use up the turn: a process that starts for every page would never get to one.
      return this.#justReadRules.has(url.host) ? Math.min(asked, this.#maxWaitMs) : asked;
    };
    return this.#gate.run(url.host, gap, async () => {
      if (isRobots) this.#justReadRules.add(url.host);
      else this.#justReadRules.delete(url.host);
      const startedAt = performance.now();
      const answer = await ask(url, headers, Math.max(1, timeoutMs), this.#transport, this.#closing.signal, cutAt);
      if (answer.status === 429 || answer.status === 503) {
        const seconds = parseRetryAfter(answer.headers['retry-after'], this.#now());
        if (seconds !== null) this.#gate.hold(url.host, seconds * 1000);
      }
      return { answer, tookMs: performance.now() - startedAt };
    });
  }
}

/** The conditional headers of a request; a value that a header cannot carry is left out. */
function validatorsOf(request: FetchRequest): Record<string, string> {
  // A full GET also asks caches on the way not to answer for the server.
  if (request.full) return { 'cache-control': 'no-cache', pragma: 'no-cache' };
  const headers: Record<string, string> = {};
  if (isFieldValue(request.etag)) headers['if-none-match'] = request.etag;
  if (isFieldValue(request.lastModified)) headers['if-modified-since'] = request.lastModified;
  return headers;
}

function isFieldValue(value: string | null): value is string {
  return value !== null && value.length <= 1024 && /^[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*)$/.test(value);
}
