export { healthReasonOf, isObservation } from './failure.ts';
export { articleLength, judgeResponse, type ResponseFacts } from './judge.ts';
export { DEFAULT_HEALTH_POLICY, type HealthPolicy, healthy, step } from './step.ts';
export type { HealthState } from './types.ts';
