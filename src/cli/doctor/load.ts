import { relative } from 'node:path';
import type { Loaded } from '#app/doctor/configuration.ts';
import { configOf, type Tracking } from '../tracking.ts';

/** The configuration to run with, or why there is none. Addresses that were typed are one too. */
export async function load(tracking: Tracking): Promise<Loaded> {
  const name = tracking.config === null ? 'The list of addresses' : shortened(tracking.config);
  try {
    return { config: await configOf(tracking), name };
  } catch (error) {
    return { error, name };
  }
}

/** As a person of this folder calls a file: a path from elsewhere may name people. */
function shortened(path: string): string {
  const below = relative(process.cwd(), path);
  return below.startsWith('..') ? path : below;
}
