import type { Loaded } from '#app/doctor/configuration.ts';
import { configOf, type Tracking } from '../tracking.ts';

/** The configuration to run with, or why there is none. @param name what messages call it */
export async function load(tracking: Tracking, name: string): Promise<Loaded> {
  try {
    return { config: await configOf(tracking), name };
  } catch (error) {
    return { error, name };
  }
}
