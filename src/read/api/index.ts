import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Reader } from '#app/read/reader.ts';
import type { Settings } from '../options.ts';
import { changeRoutes } from './changes.ts';
import { lifeRoutes } from './lives.ts';
import { describeApi } from './openapi.ts';
import { pageRoutes } from './pages.ts';
import { revisionRoutes } from './revisions.ts';
import { timelineRoutes } from './timeline.ts';

/** Mounts the JSON API: a file a group of routes, one line each here. */
export function mountApi(app: OpenAPIHono, reader: Reader, settings: Settings): void {
  for (const routes of [pageRoutes, revisionRoutes, lifeRoutes, changeRoutes, timelineRoutes])
    app.route('/', routes(reader));
  describeApi(app, settings);
}
