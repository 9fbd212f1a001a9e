import type { DueMessagesDeps } from '#app/bulletins/write-due.ts';
import type { FetchCall } from '#app/plan/calls.ts';
import type { PlanDeps } from '#app/plan/plan.ts';
import type { Queue } from '#app/ports.ts';
import { ENV } from '#core/names.ts';
import { history } from './compose.ts';
import { required } from './environment.ts';
import { createInvoker } from './invoker.ts';
import { createLambdaQueue } from './lambda-queue.ts';
import { createLog } from './telemetry.ts';

/** Plan's dependencies. In a file of its own, so that no other function carries what it loads on demand. */
export function composePlan(): DueMessagesDeps & Omit<PlanDeps, 'fetchQueue'> & { fetchQueue: Queue<FetchCall> } {
  return {
    history: history(),
    fetchQueue: createLambdaQueue(createInvoker(), required(ENV.fetchFunction)),
    isUnconfirmed: unconfirmed(required(ENV.healthTopicArn)),
    log: createLog('plan'),
  };
}

/** Asked at the start of a deployment only: a tick does not load what asks. */
function unconfirmed(topicArn: string): () => Promise<boolean> {
  return async () => (await import('./subscriptions.ts')).isUnconfirmed(topicArn);
}
