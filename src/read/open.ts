import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Reader } from '#app/read/reader.ts';
import type { Settings } from './options.ts';

const UNSTORED = { 'Cache-Control': 'no-store' };

/** Mounts what everybody may ask, with or without a token: nothing of it comes from a page. */
export function mountOpen(app: OpenAPIHono, reader: Pick<Reader, 'pages'>, { log }: Pick<Settings, 'log'>): void {
  // The text of watched pages is no content of ours for search engines.
  app.get('/robots.txt', (c) => c.text('User-agent: *\nDisallow: /\n', 200, UNSTORED));
  app.get('/healthz', async (c) => {
    try {
      await reader.pages({ limit: 1 });
      return c.json({ status: 'ok' }, 200, UNSTORED);
    } catch (error) {
      log.warn('The store does not answer', { path: c.req.path, error: String(error) });
      return c.json({ status: 'unavailable' }, 503, UNSTORED);
    }
  });
}
