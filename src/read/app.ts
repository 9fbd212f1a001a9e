import { OpenAPIHono } from '@hono/zod-openapi';
import { etag } from 'hono/etag';
import type { Reader } from '#app/read/reader.ts';
import { mountApi } from './api/index.ts';
import { tokenGuard } from './http/access.ts';
import { compressed } from './http/compress.ts';
import { hostGuard, plainJson, readOnly, revalidate, security } from './http/guard.ts';
import { problem, problemOf, sendProblem, wantsJson } from './http/problem.ts';
import { mountOpen } from './open.ts';
import { type ReadAppOptions, settingsOf } from './options.ts';
import { mountWeb, sendErrorPage } from './web/index.ts';

export type { ReadAppOptions, Tokens } from './options.ts';

/**
 * The read app: JSON API and web reader, `Request` to `Response`, the same in a Lambda, on a loopback port and in
 * tests. Read-only; keeps nothing between requests.
 */
export function createReadApp(reader: Reader, options: ReadAppOptions = {}): OpenAPIHono {
  const settings = settingsOf(options);
  const app = new OpenAPIHono();
  app.use(security(), hostGuard(settings.hosts), readOnly());
  mountOpen(app, reader, settings);
  if (settings.tokens !== null) app.use(tokenGuard(settings.tokens));
  if (settings.compress) app.use(compressed());
  app.use(etag(), revalidate(), plainJson());

  mountApi(app, reader, settings);
  mountWeb(app, reader, settings);

  app.notFound((c) => {
    const failure = problem(404, 'not-found', 'There is nothing at this address');
    return wantsJson(c.req.path) ? sendProblem(c, failure) : sendErrorPage(c, settings, failure);
  });
  app.onError((error, c) => {
    const failure = problemOf(error);
    if (failure.status >= 500) {
      settings.log.warn('A request failed', {
        path: c.req.path,
        code: failure.code,
        error: String(error.stack ?? error),
      });
    }
    if (failure.status === 503) c.header('Retry-After', '5');
    return wantsJson(c.req.path) ? sendProblem(c, failure) : sendErrorPage(c, settings, failure);
  });
  return app;
}
