import type { FetchFailure, FetchFailureReason } from '#app/fetch/page-fetcher.ts';
import { cut } from '#core/text/cut.ts';
import { oneLine } from '#core/text/hostile.ts';

/** Failures that may pass by themselves. */
const RETRYABLE: ReadonlySet<FetchFailureReason> = new Set<FetchFailureReason>([
  'postponed',
  'dns',
  'connect',
  'tls',
  'timeout',
  'truncated',
  'encoding',
  'protocol',
]);

/** Thrown inside this adapter only; `fetch` turns it into a value. */
export class FetchProblem extends Error {
  readonly reason: FetchFailureReason;
  readonly retryable: boolean;

  constructor(reason: FetchFailureReason, message: string, options: { cause?: unknown; retryable?: boolean } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'FetchProblem';
    this.reason = reason;
    this.retryable = options.retryable ?? RETRYABLE.has(reason);
  }
}

/** The failure value for a reason; `message` is one line. */
export function failure(
  reason: FetchFailureReason,
  message: string,
  retryable = RETRYABLE.has(reason),
  retryAfterSeconds: number | null = null,
): FetchFailure {
  return { kind: 'failure', reason, message, retryable, retryAfterSeconds };
}

const DNS_CODES = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME', 'ENODATA', 'ESERVFAIL']);
const TIMEOUT_CODES = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ABORT_ERR']);
const CUT_CODES = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);
const TLS_CODES = new Set([
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'HOSTNAME_MISMATCH',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'EPROTO',
]);

/**
 * Names what went wrong from what Node, zlib or undici threw.
 *
 * @param stage how far the request had come: the same reset is a refusal before the headers and a cut body after them
 */
export function problemOf(error: unknown, stage: 'connecting' | 'waiting' | 'reading', url: string): FetchProblem {
  if (error instanceof FetchProblem) return error;
  const code = codeOf(error);
  const what = brief(error instanceof Error ? error.message || code : String(error));
  const problem = (reason: FetchFailureReason, text: string): FetchProblem =>
    new FetchProblem(reason, `${url}: ${text}${what === '' ? '' : ` (${what})`}`, { cause: error });
  if (DNS_CODES.has(code)) return problem('dns', 'the host name could not be resolved');
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return problem('connect', 'no connection in time');
  if (TIMEOUT_CODES.has(code)) return problem('timeout', 'no complete answer in time');
  if (TLS_CODES.has(code) || /^(CERT_|CRL_|ERR_TLS_|ERR_SSL_)/.test(code))
    return problem('tls', 'TLS could not be verified');
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return problem('too-large', 'the header is larger than the cap');
  if (/^(Z_|ERR__ERROR_|ERR_BROTLI_|ERR_PADDING_|ERR_.*BROTLI)/.test(code)) {
    return code === 'Z_BUF_ERROR'
      ? problem('truncated', 'the compressed body ended early')
      : problem('encoding', 'the body does not match its Content-Encoding');
  }
  // The error itself shows that a header named a length.
  if (code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH')
    return problem('truncated', 'the body is not as long as it should be');
  if (CUT_CODES.has(code)) {
    if (stage === 'reading') return problem('truncated', 'the connection closed before the body was whole');
    return problem('connect', 'the connection closed before an answer came');
  }
  if (/^HPE_/.test(code))
    return problem(stage === 'reading' ? 'truncated' : 'protocol', 'the answer is not valid HTTP');
  if (stage === 'connecting') return problem('connect', 'no connection');
  return problem('protocol', 'the exchange failed');
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string') return code;
  return error instanceof Error && error.name === 'AbortError' ? 'ABORT_ERR' : '';
}

function brief(text: string): string {
  return cut(oneLine(text).replace(/\s+/g, ' ').trim(), 200);
}
