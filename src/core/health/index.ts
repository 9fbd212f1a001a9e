export { healthReasonOf, isObservation } from './failure.ts';
export { articleLength, type Baseline, judgeResponse, type ResponseFacts } from './judge.ts';
export {
  DEFAULT_HEALTH_POLICY,
  type HealthPolicy,
  type HealthStep,
  healthy,
  type Observation,
  step,
} from './step.ts';
export { type Candidate, HEALTH_REASONS, type HealthReason, type HealthState, type Verdict } from './types.ts';
