import * as z from 'zod';
import { parseUrl } from './net/parse-url.ts';
import { canonicalHost } from './net/url.ts';

/** Fields of the configuration that commands take too. */
export const pageId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,79}$/, 'use 1-80 of a-z, 0-9, ".", "_" and "-", beginning with a letter or digit');
export const httpUrl = z.string().refine(
  (value) => {
    const url = parseUrl(value);
    return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
  },
  { error: 'give an absolute http or https URL without user name or password' },
);
export const emails = z
  .array(z.email('give an e-mail address'))
  .max(50)
  .refine((all) => new Set(all).size === all.length, { error: 'names an address twice' });
export const contact = z.union([z.email().max(200), httpUrl.max(200)], { error: 'give an e-mail address or a URL' });
const aMonth = 'give a month as YYYY-MM, from 1900-01 on';
export const month = z.string(aMonth).regex(/^(19|20|21)\d{2}-(0[1-9]|1[0-2])$/, aMonth);
export const minutes = (low: number, high: number) => z.number().int().min(low).max(high);

/** A host alone: no scheme, no port, no path. */
export const hostName = z.string().refine((value) => !value.includes(':') && canonicalHost(value) !== null, {
  error: 'give the name of a host, such as "example.org", without scheme, port and path',
});

export const page = z.strictObject({
  id: pageId,
  url: httpUrl,
  name: z.string().min(1).max(200).optional(),
  /** The whole content is replaced at each issue. */
  rolling: z.boolean().default(false),
});
