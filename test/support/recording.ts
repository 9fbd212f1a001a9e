import { createHash } from 'node:crypto';
import type { FetchOutcome, FetchRequest, PageFetcher } from '#app/fetch/page-fetcher.ts';
import type { HistoryStore, Log, Notifier } from '#app/ports.ts';
import type { Alert } from '#core/alerts/types.ts';

/** Keeps every alert that was delivered, in order. */
export class RecordingNotifier implements Notifier {
  readonly sent: Alert[] = [];
  /** Thrown in place of a delivery while it is set. */
  failure: Error | null = null;

  async send(alert: Alert): Promise<void> {
    if (this.failure !== null) throw this.failure;
    this.sent.push(structuredClone(alert));
  }

  keys(): string[] {
    return this.sent.map((alert) => alert.key);
  }
}

/** Keeps every line, so that a test can look for one. */
export class RecordingLog implements Log {
  readonly lines: { readonly level: 'info' | 'warn'; readonly message: string; readonly fields: unknown }[] = [];
  info = (message: string, fields?: Record<string, unknown>) =>
    void this.lines.push({ level: 'info', message, fields });
  warn = (message: string, fields?: Record<string, unknown>) =>
    void this.lines.push({ level: 'warn', message, fields });
}

/** The same history, with a list of the bulletins that are read. */
export function countingBulletins(history: HistoryStore): { readonly history: HistoryStore; readonly asked: string[] } {
  const asked: string[] = [];
  const bulletin = (id: string) => {
    asked.push(id);
    return history.bulletin(id);
  };
  return { history: { ...history, bulletin }, asked };
}

export type Answer =
  | { readonly body: Uint8Array; readonly status?: number; readonly headers?: Readonly<Record<string, string>> }
  | { readonly failure: Extract<FetchOutcome, { kind: 'failure' }>['reason']; readonly retryAfterSeconds?: number };

/**
 * Answers for a site: by URL what it says at the moment, with an `ETag` made of the bytes and 304 for those who bring
 * it back. Unknown URLs are 404.
 */
export class ScriptedSite implements PageFetcher {
  readonly requests: FetchRequest[] = [];
  readonly #pages = new Map<string, () => Answer>();
  /** Whether it answers 304 at all. */
  validates = true;

  say(url: string, answer: Answer | (() => Answer)): void {
    this.#pages.set(url, typeof answer === 'function' ? answer : () => answer);
  }

  async fetch(request: FetchRequest): Promise<FetchOutcome> {
    this.requests.push(structuredClone(request));
    const answer = this.#pages.get(request.url)?.() ?? { status: 404, body: new TextEncoder().encode('not here') };
    if ('failure' in answer) {
      const { failure, retryAfterSeconds = null } = answer;
      const message = `${request.url} could not be fetched: ${failure}`;
      return { kind: 'failure', reason: failure, message, retryable: true, retryAfterSeconds };
    }
    const etag = `"${createHash('sha256').update(answer.body).digest('hex').slice(0, 12)}"`;
    const headers = { 'content-type': 'text/html; charset=utf-8', etag, ...answer.headers };
    const status = answer.status ?? 200;
    if (this.validates && status === 200 && !request.full && request.etag === etag)
      return { kind: 'notModified', headers };
    return {
      kind: 'response',
      status,
      headers,
      body: answer.body,
      finalUrl: request.url,
      redirects: [],
      remoteAddress: '192.0.2.1',
      retryAfterSeconds: null,
    };
  }

  async close(): Promise<void> {}
}
