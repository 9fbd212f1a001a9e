/** What to ask for. */
export interface FetchRequest {
  readonly url: string;
  /** The `ETag` of the capture that is the baseline, verbatim (weak ones with their `W/`), or null. */
  readonly etag: string | null;
  /** The `Last-Modified` of that capture, verbatim, or null. */
  readonly lastModified: string | null;
  /**
   * True for a forced full GET: no validators are sent and caches on the way are asked to revalidate. Due once a day
   * (a wrong 304 would hide changes for ever) and while the page is not healthy.
   */
  readonly full: boolean;
}

/** An answer with a body: of any status, for a block page's bytes are evidence too. */
export interface FetchedResponse {
  readonly kind: 'response';
  readonly status: number;
  /** Lower-case names; the values of a repeated field are joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** The final response's body with its content codings undone. */
  readonly body: Uint8Array;
  /** The URL that gave this answer, without fragment. */
  readonly finalUrl: string;
  /** The URLs that redirected, in order, the requested one first; empty when there was no redirect. */
  readonly redirects: readonly string[];
  /** The IP address that answered. */
  readonly remoteAddress: string | null;
  /** What `Retry-After` asks for, in seconds from now; null without one. */
  readonly retryAfterSeconds: number | null;
}

/** The server answers that the baseline is unchanged: no body, nothing to parse. */
export interface NotModified {
  readonly kind: 'notModified';
  readonly headers: Readonly<Record<string, string>>;
}

/** Why there is no answer. Stable strings. */
export type FetchFailureReason =
  | 'bad-url' // not a URL that may be fetched: syntax, scheme, credentials
  | 'off-list' // the host or port is not in the configuration
  | 'forbidden-address' // the name leads to an address that is not public
  | 'robots' // robots.txt forbids it, or could not be read
  | 'postponed' // the host asked to be left alone for longer than it is worth waiting; nothing was sent
  | 'dns'
  | 'connect'
  | 'tls'
  | 'timeout'
  | 'too-large'
  | 'truncated' // the body ended before it was whole
  | 'encoding' // a content coding that is unknown or broken
  | 'protocol' // not HTTP, or broken HTTP
  | 'redirect-loop'
  | 'redirect-limit'
  | 'redirect-off-list'
  | 'redirect-insecure' // https led to http
  | 'redirect-bad'; // a Location that is not a URL that may be fetched

/** No answer: a value, never an exception. */
export interface FetchFailure {
  readonly kind: 'failure';
  readonly reason: FetchFailureReason;
  /** One line: what was asked, what happened, and what to do where something can be done. */
  readonly message: string;
  /** Whether the same request may succeed later without anyone changing anything. */
  readonly retryable: boolean;
  /** When to try again at the earliest, in seconds from now; null where nothing states it. */
  readonly retryAfterSeconds: number | null;
}

export type FetchOutcome = FetchedResponse | NotModified | FetchFailure;

/** The only way to the outside: polite, guarded, bounded. Never rejects for anything that a server can cause. */
export interface PageFetcher {
  fetch(request: FetchRequest): Promise<FetchOutcome>;
  /** Until when the host of an address is to be left alone, epoch milliseconds; null where nothing is known of it. */
  hostFreeAt?(url: string): number | null;
  /** Ends what is under way and frees the sockets; later calls of `fetch` give a failure. */
  close(): Promise<void>;
}
