import * as z from 'zod';
import { wrongAddresses } from './config-addresses.ts';
import { complaints } from './config-complaints.ts';
import { contact, emails, hostName, minutes, page } from './config-fields.ts';
import { namedHosts } from './config-relayed.ts';
import { series } from './config-series.ts';
import { tags } from './config-tags.ts';
import { UsageError } from './errors.ts';
import { canonicalHost } from './net/url.ts';
import { LONGEST_PAUSE_MINUTES } from './schedule/interval.ts';

const relayedHost = z.string().refine((value) => value === '*' || hostName.safeParse(value).success, {
  error: 'give the name of a host, such as "example.org", without scheme, port and path, or "*" for all',
});

const rules = z.strictObject({
  /** Alert on the first sight of a page. */
  firstSight: z.boolean().default(false),
  /** Alert on spelling and punctuation repairs. */
  cosmetic: z.boolean().default(false),
  /** Alert on moved and reordered paragraphs. */
  moves: z.boolean().default(false),
  /** Only paragraphs that hold one of these words (any case) alert; empty: all. */
  keywords: z.array(z.string().min(1).max(100)).max(200).default([]),
});

export const configSchema = z
  .strictObject({
    pages: z.array(page).default([]),
    series: z.array(series).max(100).default([]),
    alerts: z
      .strictObject({
        emails: emails.default([]),
        rules: rules.prefault({}),
        /** The cost of a month, US dollars, above which AWS sends the addresses a mail; 0: none is sent. */
        budgetUsd: z.number().min(0).max(1_000_000).default(5),
        /** Whether a message says each week that all is well, or what is not. */
        signOfLife: z.enum(['never', 'weekly']).default('never'),
      })
      .prefault({}),
    /** On everything that is deployed and can carry tags. */
    tags: tags.default({}),
    /** Who may read: everybody, who has the token, or who signs requests with credentials of the AWS account. */
    reader: z.strictObject({ access: z.enum(['public', 'token', 'iam']).default('token') }).prefault({}),
    schedule: z
      .strictObject({
        /** How often due pages are looked for, minutes. */
        planEvery: minutes(1, 60).default(15),
        /** Longest and shortest time between two checks of a page, minutes. */
        checkAtLeastEvery: minutes(5, 43_200).default(1_440),
        checkAtMostEvery: minutes(1, 43_200).default(30),
        /** Longest time between two checks of a page whose month or year is long over, minutes. */
        checkClosedAtLeastEvery: minutes(5, LONGEST_PAUSE_MINUTES).default(10_080),
      })
      .refine((value) => value.checkAtMostEvery <= value.checkAtLeastEvery, {
        error: 'must not be longer than "checkAtLeastEvery"',
        path: ['checkAtMostEvery'],
      })
      .prefault({}),
    /** When a failing page is alerted, and when a mass change is accepted. */
    health: z
      .strictObject({
        /** Bad checks in a row after which a page is down. */
        downAfter: z.number().int().min(1).max(100).default(3),
        /** Checks that must see a mass change unchanged before it is accepted, and the hours that they must span. */
        confirmAfter: z.number().int().min(1).max(100).default(3),
        confirmHours: z.number().min(0).max(720).default(2),
      })
      .prefault({}),
    captures: z
      .strictObject({
        /** Bodies that no revision and no quarantine came of are deleted after so many days; absent: never. */
        keepUnusedDays: z.number().int().min(60).max(36_500).optional(),
        /** S3 Object Lock: nobody can delete or change a stored object for so many days; absent: no lock. */
        lockDays: z.number().int().min(1).max(36_500).optional(),
      })
      .prefault({}),
    fetch: z
      .strictObject({
        /** Named in the User-Agent, so that a site's owner can reach you: an e-mail address or a URL. */
        contact: contact.optional(),
        robots: z.enum(['obey', 'ignore']).default('obey'),
        /** Largest decoded body, bytes. */
        maxBytes: z.number().int().min(10_000).max(16_000_000).default(10_000_000),
        /** Shortest pause between two requests to one host, seconds. */
        minGapSeconds: z.number().min(0).max(3_600).default(2),
        /** Hosts that added pages may have, in addition to those of the configured pages. */
        hosts: z.array(hostName).max(1_000).default([]),
        /** Hosts whose pages the deployed functions do not ask, because `daybook relay` does from elsewhere; '*': all. */
        relayed: z.array(relayedHost).max(1_000).default([]),
        ports: z.array(z.number().int().min(1).max(65_535)).max(20).default([80, 443]),
        /** Only for trying things out against a server on the same machine. */
        allowLoopback: z.boolean().default(false),
      })
      .prefault({}),
  })
  .superRefine((value, context) => {
    const wrong = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (value.pages.length + value.series.length + value.fetch.hosts.length === 0)
      wrong(
        ['pages'],
        'name at least one page or one series, or in "fetch.hosts" the hosts of pages that are added later',
      );
    const seen = new Map<string, string>();
    for (const list of ['pages', 'series'] as const) {
      for (const [index, entry] of value[list].entries()) {
        const first = seen.get(entry.id);
        if (first !== undefined) wrong([list, index, 'id'], `"${entry.id}" is already taken by ${first}`);
        seen.set(entry.id, `${list}[${index}].id`);
      }
    }
    for (const [path, message] of wrongAddresses(value)) wrong(path, message);
    const hosts = namedHosts(value);
    for (const [index, host] of value.fetch.relayed.entries()) {
      const name = canonicalHost(host);
      if (host !== '*' && name !== null && !hosts.has(name))
        wrong(['fetch', 'relayed', index], `"${host}" is the host of no page, no series and none of "fetch.hosts"`);
    }
    for (const [index, { hub }] of value.series.entries()) {
      if (hub !== undefined && !value.pages.some((one) => one.id === hub))
        wrong(['series', index, 'hub'], 'must be the id of a page in "pages"');
    }
  });

/** What a person writes in `daybook.config.ts`: every field but the pages has a default. */
export type DaybookConfigInput = z.input<typeof configSchema>;
/** The configuration with its defaults filled in. */
export type DaybookConfig = z.output<typeof configSchema>;
export type SeriesConfig = DaybookConfig['series'][number];
export type AlertRules = DaybookConfig['alerts']['rules'];

/** Gives editors the type of the configuration; checks nothing. */
export function defineConfig(config: DaybookConfigInput): DaybookConfigInput {
  return config;
}

/**
 * Validates a configuration.
 * @throws UsageError (`bad-config`) naming every wrong field, what is wrong with it and what it held, on one line.
 */
export function parseConfig(input: unknown): DaybookConfig {
  const result = configSchema.safeParse(input);
  if (result.success) return result.data;
  const found =
    input === undefined
      ? ['the file exports none: export default defineConfig({ … })']
      : complaints(result.error, input);
  throw new UsageError(`The configuration is wrong: ${found.join('; ')}`, { code: 'bad-config' });
}
