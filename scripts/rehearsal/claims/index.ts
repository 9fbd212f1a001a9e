import { ALARM_CLAIMS } from './alarms.ts';
import type { Claim } from './claim.ts';
import { DASHBOARD_CLAIMS } from './dashboard.ts';
import { FUNCTION_CLAIMS } from './functions.ts';
import { LIMIT_CLAIMS } from './limits.ts';
import { QUEUE_CLAIMS } from './queues.ts';
import { RELAY_CLAIMS } from './relay.ts';
import { SERVICE_CLAIMS } from './services.ts';
import { STAGE_CLAIMS } from './stages.ts';
import { STATE_CLAIMS } from './state.ts';
import { STREAM_CLAIMS } from './streams.ts';

/** Everything that is claimed of the templates and of the code that runs in an account. */
export const CLAIMS: readonly Claim[] = [
  ...SERVICE_CLAIMS,
  ...FUNCTION_CLAIMS,
  ...QUEUE_CLAIMS,
  ...STREAM_CLAIMS,
  ...ALARM_CLAIMS,
  ...DASHBOARD_CLAIMS,
  ...LIMIT_CLAIMS,
  ...RELAY_CLAIMS,
  ...STATE_CLAIMS,
  ...STAGE_CLAIMS,
];
