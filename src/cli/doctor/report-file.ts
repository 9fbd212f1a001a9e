import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir, platform } from 'node:os';
import { findOwner } from '#adapters/local/owner.ts';
import { readToken } from '#adapters/local/reader-token.ts';
import type { Loaded } from '#app/doctor/configuration.ts';
import type { Circumstances } from '#app/doctor/report.ts';
import { UsageError } from '#core/errors.ts';
import { VERSION } from '#core/names.ts';
import { configOf } from './page-checks.ts';

/** With what the checks were made. */
export async function circumstances(aws: Circumstances['aws'], now: Date): Promise<Circumstances> {
  return {
    version: VERSION,
    node: process.versions.node,
    platform: `${platform()} ${process.arch}`,
    cdk: await cdkVersion(),
    aws,
    at: now.toISOString(),
  };
}

async function cdkVersion(): Promise<string | null> {
  try {
    const path = createRequire(import.meta.url).resolve('aws-cdk-lib/package.json');
    return (JSON.parse(await readFile(path, 'utf8')) as { version: string }).version;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return null;
    throw error;
  }
}

/** Variables whose values open something. */
const SECRET_VARIABLES = ['DAYBOOK_TOKEN', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'] as const;

/** A shorter one opens nothing, and may be a part of words. */
const SHORTEST = 8;

/** What must not be in a report, each with what takes its place. @param folder a data folder, null: none */
export async function secretsOf(loaded: Loaded, folder: string | null): Promise<Record<string, string>> {
  const config = configOf(loaded);
  const addresses = [...(config?.alerts.emails ?? []), ...(config?.fetch.contact ? [config.fetch.contact] : [])];
  const tokens = [
    ...SECRET_VARIABLES.map((name) => process.env[name]),
    ...(folder === null ? [] : [await readToken(folder).catch(none), (await findOwner(folder).catch(none))?.secret]),
  ];
  return Object.fromEntries([
    [homedir(), '~'],
    ...addresses.map((address) => [address, '[address]']),
    ...tokens.flatMap((token) => (token && token.length >= SHORTEST ? [[token, '[secret]']] : [])),
  ]);
}

/** A folder that cannot be read is reported by a check of its own. */
const none = () => null;

/** Writes the report. @param path a file, or `-` for standard output */
export async function writeReport(path: string, text: string): Promise<void> {
  if (path === '-') {
    process.stdout.write(text);
    return;
  }
  try {
    await writeFile(path, text);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new UsageError(`--report: ${path} cannot be written (${code}); name another file`, { cause });
  }
}
