import type { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { RevisionError } from '#app/read/reader.ts';
import { DaybookError, UsageError } from '#core/errors.ts';
import type { RevisionRecord } from '#core/history/types.ts';
import { cut } from '#core/text/cut.ts';

/** An RFC 9457 problem: what went wrong, for machines (`code`) and people (`detail`, one line). */
export interface Problem {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: ContentfulStatusCode;
  readonly code: string;
  readonly detail: string;
  /** The revisions that a wrong id may mean, with their page. */
  readonly pageId?: string;
  readonly revisions?: readonly Pick<RevisionRecord, 'number' | 'id' | 'observedAt'>[];
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  410: 'No longer available',
  421: 'Misdirected request',
  500: 'Internal error',
  503: 'Unavailable',
};

export function problem(status: ContentfulStatusCode, code: string, detail: string): Problem {
  return { type: 'about:blank', title: TITLES[status] ?? 'Error', status, code, detail };
}

/** What an error means to the caller. Only messages written for callers are sent, never internal ones. */
export function problemOf(error: unknown): Problem {
  if (error instanceof RevisionError) {
    const revisions = error.revisions.map(({ number, id, observedAt }) => ({ number, id, observedAt }));
    return {
      ...problem(error.code === 'superseded' ? 410 : 400, error.code, error.message),
      pageId: error.pageId,
      revisions,
    };
  }
  if (error instanceof UsageError) return problem(error.code === 'not-found' ? 404 : 400, error.code, error.message);
  if (error instanceof DaybookError && error.retryable) {
    return problem(503, error.code, 'The stored history is not available now: try again in a moment');
  }
  const code = error instanceof DaybookError ? error.code : 'internal';
  return problem(500, code, 'An internal error: it was logged');
}

/** True where a caller expects JSON, also from an error. */
export function wantsJson(path: string): boolean {
  return path.startsWith('/api/') || path === '/api' || path === '/openapi.json';
}

export function sendProblem(c: Context, failure: Problem): Response {
  return c.body(JSON.stringify(failure), failure.status, {
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
  });
}

/** One line that names every wrong parameter, what is wrong with it and what was given. */
export function describeIssues(error: z.ZodError, given: Readonly<Record<string, unknown>>): string {
  const complaints = error.issues.map((issue) => {
    if (issue.code === 'unrecognized_keys') {
      const names = issue.keys.map((key) => JSON.stringify(cut(key, 60))).join(', ');
      return `${names}: unknown parameter`;
    }
    const field = String(issue.path[0] ?? 'query');
    return `"${field}": ${issue.message} (given: ${cut(JSON.stringify(given[field] ?? ''), 120)})`;
  });
  return complaints.join('; ');
}
