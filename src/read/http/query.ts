import type { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { UsageError } from '#core/errors.ts';
import { describeIssues } from './problem.ts';

/**
 * The query of a web page. Forms send their empty fields too: these count as absent, and unknown parameters of
 * links from other sites (`utm_source=…`) are ignored.
 * @throws UsageError (`bad-query`) naming every wrong field.
 */
export function readQuery<S extends z.ZodObject>(c: Context, schema: S): z.output<S> {
  const given: Record<string, string | string[]> = {};
  for (const name of Object.keys(schema.shape)) {
    const values = (c.req.queries(name) ?? []).map((value) => value.trim()).filter((value) => value !== '');
    const [first] = values;
    if (first !== undefined) given[name] = values.length === 1 ? first : values;
  }
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  throw new UsageError(describeIssues(result.error, given), { code: 'bad-query' });
}

/**
 * `2022` and `2022-01` as an end take in all they begin: compared with a start of the same length.
 * @throws UsageError (`bad-query`) when the end lies before the start.
 */
export function requireOrder(from: string | undefined, to: string | undefined): void {
  if (from === undefined || to === undefined || from.slice(0, to.length) <= to) return;
  throw new UsageError(`"to": must not be before "from" (given: ${from} to ${to})`, { code: 'bad-query' });
}

/** The address of this request with other values for some parameters; null takes one away. Path and query only. */
export function addressWith(c: Context, values: Readonly<Record<string, string | null>>): string {
  const url = new URL(c.req.url);
  for (const [name, value] of Object.entries(values)) {
    if (value === null) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  return `${url.pathname}${url.search}`;
}

/** Adds the link to the next part of a listing (RFC 8288). */
export function linkNext(c: Context, next: string | null): void {
  if (next !== null) c.header('Link', `<${addressWith(c, { after: next })}>; rel="next"`);
}
