import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Log } from '#app/ports.ts';
import { METRICS, stageDimensions } from '#core/names.ts';

/** Structured log lines on standard output, a JSON object a line. */
export function createLog(service: string): Log {
  const logger = new Logger({ serviceName: service });
  return {
    info: (message, fields) => logger.info(message, fields ?? {}),
    warn: (message, fields) => logger.warn(message, fields ?? {}),
  };
}

export type MetricName = Exclude<keyof typeof METRICS, 'namespace'>;

/**
 * Counts through log lines in CloudWatch's embedded metric format: no call, no permission.
 * @param stage whose metric it is; null or empty: that of the stage without a name
 */
export function createCounter(
  service: string,
  stage: string | null = null,
): { count(name: MetricName, value: number): void; flush(): void } {
  const defaultDimensions = stageDimensions(stage === '' ? null : stage);
  const metrics = new Metrics({ namespace: METRICS.namespace, serviceName: service, defaultDimensions });
  return {
    count: (name, value) => void metrics.addMetric(METRICS[name], MetricUnit.Count, value),
    // Publishing nothing is a warning in the log.
    flush: () => {
      if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
    },
  };
}
