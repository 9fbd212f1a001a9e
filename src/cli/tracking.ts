import { access, readFile, rename, writeFile } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import * as z from 'zod';
import { isLoopbackAddress, portOf } from '#adapters/http/address.ts';
import { type DaybookConfig, defineConfig, parseConfig } from '#core/config.ts';
import { UsageError } from '#core/errors.ts';
import { pageId } from '#core/pages/page-id.ts';
import { isWebAddress } from './source.ts';

/** What a data folder tracks: addresses that were typed, or what a configuration file names. */
export interface Tracking {
  readonly urls: readonly string[];
  readonly config: string | null;
}

const trackingSchema = z.object({ urls: z.array(z.url()), config: z.string().nullable() });
/** What configurations import. It is given to them, so that a file works wherever it and Daybook are. */
const CONFIG_MODULES = { 'daybook/config': { defineConfig }, '#core/config.ts': { defineConfig } };
const NOTHING: Tracking = { urls: [], config: null };
const fileOf = (folder: string) => join(folder, 'tracking.json');

export async function loadTracking(folder: string): Promise<Tracking> {
  try {
    return trackingSchema.parse(JSON.parse(await readFile(fileOf(folder), 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return NOTHING;
    throw new UsageError(`${fileOf(folder)} cannot be read: delete it, and name the pages again with "daybook up"`, {
      code: 'bad-tracking',
      cause: error,
    });
  }
}

export async function saveTracking(folder: string, tracking: Tracking): Promise<void> {
  const temporary = `${fileOf(folder)}.${process.pid}`;
  await writeFile(temporary, `${JSON.stringify(tracking, null, 2)}\n`);
  await rename(temporary, fileOf(folder));
}

/**
 * The typed addresses in addition to the earlier ones, or the named configuration in place of them.
 * @throws UsageError for text that is not an address, or addresses next to a configuration, which names all pages itself.
 */
export function nextTracking(before: Tracking, typed: readonly string[], config: string | undefined): Tracking {
  for (const url of typed) {
    if (!isWebAddress(url)) throw new UsageError(`"${url}" is not an http or https address`, { code: 'bad-url' });
  }
  if (config !== undefined && typed.length > 0) {
    throw new UsageError('Give addresses or --config, not both: the configuration names the pages', { code: 'usage' });
  }
  if (config !== undefined) return { urls: [], config: resolve(config) };
  if (typed.length === 0) return before;
  if (before.config !== null) {
    throw new UsageError(
      `This folder tracks the pages of ${before.config}: add the page there, or name another folder with --data`,
      { code: 'configured' },
    );
  }
  return { urls: [...new Set([...before.urls, ...typed.map(withoutFragment)])], config: null };
}

/** The configuration of the working folder when nothing is tracked or named. @throws UsageError when there is none. */
export async function orDefault(tracking: Tracking): Promise<Tracking> {
  if (tracking.urls.length > 0 || tracking.config !== null) return tracking;
  const config = resolve('daybook.config.ts');
  if (await isThere(config)) return { urls: [], config };
  throw new UsageError('Name a page to track, "daybook up <url>", or a configuration with --config', {
    code: 'no-pages',
  });
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** What to do where a host is not among those that the configuration allows. */
export function remedyOf({ urls, config }: Tracking, isDeployed: boolean): string {
  if (urls.length > 0) return '"daybook up <url>" tracks a page of another host';
  return `add it to "fetch.hosts" in ${config}, then ${isDeployed ? 'deploy' : 'start "daybook up"'} again`;
}

function withoutFragment(address: string): string {
  const url = new URL(address);
  url.hash = '';
  return url.href;
}

/** The configuration to run with: that of the file, or one made of the typed addresses. */
export async function configOf(tracking: Tracking): Promise<DaybookConfig> {
  if (tracking.urls.length === 0) return parseConfig(await loadConfig(tracking.config ?? 'daybook.config.ts'));
  const taken = new Set<string>();
  const pages = tracking.urls.map((url) => ({ id: pageId(url, taken), url }));
  return parseConfig({
    pages,
    fetch: {
      ports: [...new Set([80, 443, ...tracking.urls.map(portOf)])],
      // A person who types a loopback address means it.
      allowLoopback: tracking.urls.some(isLoopbackAddress),
      // A site on this machine serves nobody else, so it needs no pauses.
      ...(tracking.urls.every(isLoopbackAddress) ? { minGapSeconds: 0 } : {}),
    },
  });
}

async function loadConfig(path: string): Promise<unknown> {
  const kind = extname(path);
  try {
    // Some editors begin a file with a mark of its encoding.
    if (kind === '.json') return JSON.parse((await readFile(path, 'utf8')).replace(/^\uFEFF/, ''));
    if (['.ts', '.mts', '.js', '.mjs'].includes(kind)) {
      const { createJiti } = await import('jiti');
      const options = { fsCache: false, moduleCache: false, virtualModules: CONFIG_MODULES };
      return await createJiti(import.meta.url, options).import(path, { default: true });
    }
  } catch (cause) {
    if (!(await isThere(path))) {
      throw new UsageError(`There is no configuration ${path}: name the file with --config`, {
        code: 'no-file',
        cause,
      });
    }
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`The configuration ${path} cannot be loaded: ${reason}`, { code: 'bad-config', cause });
  }
  throw new UsageError(`The configuration ${path} must be a .ts, .js, .mjs or .json file`, { code: 'bad-config' });
}
