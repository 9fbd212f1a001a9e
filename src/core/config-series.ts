import * as z from 'zod';
import { httpUrl, month, pageId } from './config-fields.ts';
import { anAddressOf } from './config-relayed.ts';
import { parseUrl } from './net/parse-url.ts';

/** Members are named by the series and their day: `-YYYY-MM-DD` must still fit into a page's id. */
const seriesId = pageId.max(69, 'use at most 69 characters: its members are named by it and their day');
const PLACEHOLDERS = /\{(?!(?:yyyy|yy|MM|M|dd|d)\})[^{}]*\}/;

/** In the place of a placeholder: characters that an address keeps as they are. */
const PLACE = '0-place-0';
const placesIn = (text: string): number => text.split(PLACE).length;

/** Whether a server is asked for all that varies: it is not sent a fragment, nor what is in front of `..`. */
function isAsked(pattern: string): boolean {
  const filled = pattern.replace(/\{\w+\}/g, PLACE);
  const url = parseUrl(filled);
  return url === null || placesIn(url.origin + url.pathname + url.search) === placesIn(filled);
}

/** Pages that are made of one pattern, a month or a day each; a command may leave their id to be made of it. */
export const addableSeries = z
  .strictObject({
    id: seriesId.optional(),
    /** A URL with `{yyyy}` and `{MM}` (also `{yy}`, `{M}`) in the place of the month; `{dd}` or `{d}` only with a hub. */
    pattern: z.string().max(2_048),
    from: month,
    until: month.optional(),
    /** Id of a configured page that links to the members: members are taken from there too. */
    hub: pageId.optional(),
  })
  .refine((value) => !/\{dd?\}/.test(value.pattern) || value.hub !== undefined, {
    error: 'names the page that links to the members, which a pattern with days needs',
    path: ['hub'],
  })
  .refine((value) => /\{(yyyy|yy)\}/.test(value.pattern) && /\{MM?\}/.test(value.pattern), {
    error: 'must hold {yyyy} (or {yy}) and {MM} (or {M})',
    path: ['pattern'],
  })
  .refine((value) => !PLACEHOLDERS.test(value.pattern), {
    error: 'may hold {yyyy}, {yy}, {MM}, {M}, {dd} and {d}, and nothing else in braces',
    path: ['pattern'],
  })
  .refine((value) => !/^\w+:\/\/[^/?#]*\{/.test(value.pattern), {
    error: 'must not vary in its host: only hosts that the configuration names are asked',
    path: ['pattern'],
  })
  .refine((value) => isAsked(value.pattern), {
    error: 'must not vary behind "#" or in front of "..": the address would be the same every month',
    path: ['pattern'],
  })
  .refine((value) => httpUrl.safeParse(anAddressOf(value.pattern)).success, {
    error: 'give an absolute http or https URL without user name or password',
    path: ['pattern'],
  })
  .refine((value) => value.until === undefined || value.until >= value.from, {
    error: 'must not be before "from"',
    path: ['until'],
  });

export const series = addableSeries.safeExtend({ id: seriesId });
