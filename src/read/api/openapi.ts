import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Settings } from '../options.ts';

/** Describes every API route that is mounted on `app`, at `/openapi.json`. */
export function describeApi(app: OpenAPIHono, settings: Settings): void {
  app.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: {
      title: `${settings.title} API`,
      version: '1',
      description:
        'Tracked chronicle pages: what is on a page now, what was removed, and when each event happened. Read-only. Continue a listing with `next` (also in the `Link` header) until it is null.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    servers: [{ url: settings.origin ?? '/' }],
  });
}
