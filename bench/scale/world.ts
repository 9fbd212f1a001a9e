import { FetchProblem } from '../../src/adapters/http/failure.ts';
import type { Answer } from '../../src/adapters/http/transport.ts';
import { sha256 } from '../../src/core/history/canonical.ts';
import { type EventClock, seeded } from './clock.ts';

export type HostKind = 'plain' | 'slow' | 'delay 10' | 'delay 30' | 'limiting' | 'down' | 'wall';

/** A host, and what it went through. Times are epoch milliseconds. */
export interface Host {
  readonly name: string;
  readonly kind: HostKind;
  readonly pages: readonly string[];
  readonly crawlDelaySeconds: number;
  /** The usual time of an answer, milliseconds. */
  readonly latencyMs: number;
  requests: number;
  robots: number;
  refused: number;
  present: number;
  /** Requests at the same time, at most. */
  most: number;
  endedAt: number | null;
  heldUntil: number;
  /** All that it asked for by `Retry-After`, milliseconds. */
  heldMs: number;
  longestHoldMs: number;
  /** Shortest time between the end of one request and the start of the next, milliseconds. */
  shortestGap: number;
  /** Requests that came before the gap or a `Retry-After` was over, or while another was there. */
  tooEarly: number;
}

export interface WorldOptions {
  readonly hosts: number;
  readonly pages: number;
  readonly seed: number;
  readonly minGapMs: number;
  /** When the simulation begins, epoch milliseconds: each page has changed last before it. */
  readonly start: number;
}

const HOUR = 3_600_000;
/** A fifth of all pages are one host's. */
const FIRST_HOST_SHARE = 0.2;
const CONNECT_TIMEOUT_MS = 10_000;

/** Sites that answer in the process, by a seed: the same questions at the same times get the same answers. */
export class World {
  readonly hosts: readonly Host[];
  readonly #byName: ReadonlyMap<string, Host>;
  readonly #random: () => number;

  constructor(
    private readonly clock: EventClock,
    private readonly options: WorldOptions,
  ) {
    this.#random = seeded(options.seed);
    this.hosts = sizes(options.hosts, options.pages).map((pages, at) => this.#host(at, pages));
    this.#byName = new Map(this.hosts.map((host) => [host.name, host]));
  }

  host(name: string): Host {
    const host = this.#byName.get(name);
    if (host === undefined) throw new Error(`There is no host ${name}`);
    return host;
  }

  #host(at: number, pages: number): Host {
    const kind = kindOf(at, this.options.hosts);
    return {
      name: `host-${at}.example`,
      kind,
      pages: Array.from({ length: pages }, (_, page) => `h${at}-p${page}`),
      crawlDelaySeconds: kind === 'delay 10' ? 10 : kind === 'delay 30' ? 30 : 0,
      latencyMs: kind === 'slow' ? 6_000 : 150 + Math.floor(this.#random() * 900),
      requests: 0,
      robots: 0,
      refused: 0,
      present: 0,
      most: 0,
      endedAt: null,
      heldUntil: 0,
      heldMs: 0,
      longestHoldMs: 0,
      shortestGap: Number.POSITIVE_INFINITY,
      tooEarly: 0,
    };
  }

  /** Answers as the network would. */
  readonly ask = async (url: URL, headers: Readonly<Record<string, string>>, timeoutMs: number): Promise<Answer> => {
    const host = this.host(url.host);
    this.#arrive(host);
    try {
      if (host.kind === 'down') {
        await this.clock.sleep(Math.min(CONNECT_TIMEOUT_MS, timeoutMs));
        throw new FetchProblem('connect', `${url.href}: no connection`);
      }
      const latencyMs = host.latencyMs * (0.6 + 0.8 * this.#random()) * (this.#random() < 0.01 ? 5 : 1);
      await this.clock.sleep(Math.min(latencyMs, timeoutMs));
      if (latencyMs > timeoutMs) throw new FetchProblem('timeout', `${url.href}: no answer`);
      return this.#answer(host, url, headers);
    } finally {
      host.present -= 1;
      host.endedAt = this.clock.now();
    }
  };

  #arrive(host: Host): void {
    const now = this.clock.now();
    host.requests += 1;
    host.present += 1;
    host.most = Math.max(host.most, host.present);
    const gap = host.endedAt === null ? Number.POSITIVE_INFINITY : now - host.endedAt;
    host.shortestGap = Math.min(host.shortestGap, gap);
    const wanted = Math.max(this.options.minGapMs, host.crawlDelaySeconds * 1_000);
    if (host.present > 1 || gap < wanted || now < host.heldUntil) host.tooEarly += 1;
  }

  #answer(host: Host, url: URL, headers: Readonly<Record<string, string>>): Answer {
    if (url.pathname === '/robots.txt') {
      host.robots += 1;
      if (host.crawlDelaySeconds === 0) return answer(404, 'nothing here', { 'content-type': 'text/plain' });
      const rules = `User-agent: *\nCrawl-delay: ${host.crawlDelaySeconds}\n`;
      return answer(200, rules, { 'content-type': 'text/plain' });
    }
    if (host.kind === 'wall') {
      host.refused += 1;
      return answer(403, '<html><head><title>Access denied</title></head><body><h1>Access denied</h1></body></html>');
    }
    if (host.kind === 'limiting' && this.#random() < 0.03) {
      host.refused += 1;
      const seconds = 120 + Math.floor(this.#random() * 1_700);
      host.heldUntil = this.clock.now() + seconds * 1_000;
      host.heldMs += seconds * 1_000;
      host.longestHoldMs = Math.max(host.longestHoldMs, seconds * 1_000);
      return answer(429, '<html><body><h1>Too many requests</h1></body></html>', { 'retry-after': String(seconds) });
    }
    const { body, etag } = pageAt(url.pathname.slice(1), this.clock.now(), this.options.start);
    // One host in four sends no validators: its pages come whole each time.
    const validates = Number(host.name.slice('host-'.length).split('.')[0]) % 4 !== 1;
    if (validates && headers['if-none-match'] === etag) return answer(304, '', { etag });
    return answer(200, body, validates ? { etag } : {});
  }
}

function answer(status: number, body: string, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', ...headers },
    body: Buffer.from(body),
    remoteAddress: null,
  };
}

/** How many pages each host has: one a fifth of all, the others ever fewer, each one at least. */
function sizes(hosts: number, pages: number): number[] {
  const first = Math.max(1, Math.round(pages * FIRST_HOST_SHARE));
  const weights = Array.from({ length: hosts - 1 }, (_, at) => (at + 1) ** -0.8);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const others = weights.map((weight) => Math.max(1, Math.floor(((pages - first) * weight) / sum)));
  return [pages - others.reduce((total, size) => total + size, 0), ...others];
}

/** Every tenth or twentieth host of each difficult kind; the first ones, with most pages, among them. */
function kindOf(at: number, hosts: number): HostKind {
  const period = hosts >= 40 ? 20 : 10;
  const round = Math.floor(at / period);
  switch (at % period) {
    case 3:
      return 'delay 10';
    case 4:
      return 'limiting';
    case 5:
      return 'slow';
    case 6:
      return round % 2 === 0 ? 'delay 30' : 'delay 10';
    case 7:
      return round % 3 === 0 ? 'down' : 'plain';
    case 8:
      return round === 0 ? 'wall' : 'plain';
    default:
      return 'plain';
  }
}

/** Hours between two changes of a page: of ten one is written all day, two once a day or so, seven rest. */
export function hoursBetween(page: string): number {
  const share = Number.parseInt(sha256(page).slice(0, 8), 16) / 2 ** 32;
  if (share < 0.1) return 1 + share * 20;
  return share < 0.3 ? 9 + (share - 0.1) * 100 : Number.POSITIVE_INFINITY;
}

/** When a page changed last, epoch milliseconds; a page that rests did some days before the start. */
export function changedAt(page: string, now: number, start: number): number {
  const hours = hoursBetween(page);
  const share = Number.parseInt(sha256(`${page} at rest`).slice(0, 8), 16) / 2 ** 32;
  if (!Number.isFinite(hours)) return start - (5 + share * 60) * 24 * HOUR;
  const period = hours * HOUR;
  return Math.floor(now / period - share) * period + share * period;
}

/** The page as it is at an instant: a chronicle that grows with each change. */
export function pageAt(page: string, now: number, start: number): { readonly body: string; readonly etag: string } {
  const since = changedAt(page, now, start) - changedAt(page, start, start);
  const added = Number.isFinite(hoursBetween(page)) ? Math.round(since / (hoursBetween(page) * HOUR)) : 0;
  const paragraphs = Array.from({ length: 4 + added }, (_, at) => {
    const day = String(1 + (at % 28)).padStart(2, '0');
    return `<p>On ${day} January 2022 the office of ${page} counted ${at * 31 + 17} ships that came in and ${at * 7 + 3} that left for the islands.</p>`;
  });
  const body = `<!doctype html><html><head><title>Harbour ${page} - January 2022</title></head><body><article><h1>Harbour ${page}</h1>${paragraphs.join('\n')}</article></body></html>`;
  return { body, etag: `"${page}-${added}"` };
}
