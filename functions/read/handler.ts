import { handle } from 'hono/aws-lambda';
import { composeRead } from '#adapters/aws/compose.ts';
import { createReader } from '#app/read/reader.ts';
import { createReadApp } from '#read/app.ts';

const app = createReadApp(createReader({ ...composeRead(), now: () => new Date().toISOString() }));

/** HTTP API: the JSON API and the web reader. */
export const handler = handle(app);
