import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { escapeJson } from '#core/text/hostile.ts';
import { problem, sendProblem } from './problem.ts';
import { ESCAPED } from './send.ts';

/** Allows only our own style sheet and icon, so that text without correct escaping would still do no harm. */
export function security(): MiddlewareHandler {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    xFrameOptions: 'DENY',
    xContentTypeOptions: 'nosniff',
    referrerPolicy: 'no-referrer',
    strictTransportSecurity: 'max-age=31536000',
    permissionsPolicy: { camera: [], geolocation: [], microphone: [] },
  });
}

/** Allows only reading. */
export function readOnly(): MiddlewareHandler {
  return async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next();
    c.header('Allow', 'GET, HEAD');
    return sendProblem(c, problem(405, 'read-only', 'The API is read-only: use GET or HEAD'));
  };
}

/** Answers only under the configured host names. */
export function hostGuard(hosts: readonly string[] | null): MiddlewareHandler {
  const known = hosts === null ? null : new Set(hosts.map((host) => host.toLowerCase()));
  return async (c, next) => {
    const host = (c.req.header('Host') ?? new URL(c.req.url).host).toLowerCase();
    if (known === null || known.has(host)) return next();
    return sendProblem(c, problem(421, 'unknown-host', 'This reader does not answer under that host name'));
  };
}

/**
 * Answers may be cached but need revalidation by their ETag: an import of older captures may give an old revision's
 * number to another text.
 */
export function revalidate(): MiddlewareHandler {
  return async (c, next) => {
    await next();
    const { headers } = c.res;
    // `c.header` would make a new answer of the finished one and send it as a stream.
    if (!headers.has('Cache-Control')) headers.set('Cache-Control', c.res.ok ? 'no-cache' : 'no-store');
  };
}

/** Writes hostile characters in JSON answers that are not escaped yet as `\uXXXX`: the same value, harmless on a terminal. */
export function plainJson(): MiddlewareHandler {
  return async (c, next) => {
    await next();
    if (c.get(ESCAPED) === true) return;
    if (!/^application\/([\w.-]+\+)?json\b/.test(c.res.headers.get('Content-Type') ?? '')) return;
    c.res = new Response(escapeJson(await c.res.text()), { status: c.res.status, headers: c.res.headers });
  };
}
