import { handle } from 'hono/aws-lambda';
import { composeRead, composeTokens } from '#adapters/aws/compose.ts';
import { createReader } from '#app/read/reader.ts';
import { createReadApp } from '#read/app.ts';

const tokens = composeTokens();
const reader = createReader({ ...composeRead(), now: () => new Date().toISOString() });
const app = createReadApp(reader, { compress: true, ...(tokens === null ? {} : { tokens }) });

/** HTTP API: the JSON API and the web reader. */
export const handler = handle(app);
