import type { Claim } from './claim.ts';
import { SERVICE_CLAIMS } from './services.ts';

/** Everything that is claimed of the templates and of the code that runs in an account. */
export const CLAIMS: readonly Claim[] = [...SERVICE_CLAIMS];
