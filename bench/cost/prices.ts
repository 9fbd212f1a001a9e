/**
 * List prices of us-east-1, US dollars, as AWS's price pages named them on 26 November 2026: aws.amazon.com/dynamodb/pricing/on-demand,
 * /lambda/pricing (arm64), /sqs/pricing, /s3/pricing, /eventbridge/pricing, /sns/pricing, /cloudwatch/pricing.
 * `free` is what every account has each month without an end; offers of the first year are left out.
 */
export interface Price {
  readonly unit: string;
  /** For one unit. */
  readonly usd: number;
  /** Units a month. */
  readonly free: number;
}

export const PRICES = {
  tableWrites: { unit: 'write units', usd: 0.625e-6, free: 0 },
  tableReads: { unit: 'read units', usd: 0.125e-6, free: 0 },
  tableGb: { unit: 'GB of table', usd: 0.25, free: 25 },
  backupGb: { unit: 'GB of point-in-time backup', usd: 0.2, free: 0 },
  lambdaCalls: { unit: 'Lambda calls', usd: 0.2e-6, free: 1e6 },
  lambdaGbSeconds: { unit: 'Lambda GB-s', usd: 0.0000133334, free: 400_000 },
  fifoRequests: { unit: 'SQS requests, FIFO', usd: 0.5e-6, free: 1e6 },
  queueRequests: { unit: 'SQS requests', usd: 0.4e-6, free: 1e6 },
  objectWrites: { unit: 'S3 PUT and LIST', usd: 5e-6, free: 0 },
  objectReads: { unit: 'S3 GET', usd: 0.4e-6, free: 0 },
  objectGb: { unit: 'GB of objects', usd: 0.023, free: 0 },
  ticks: { unit: 'Scheduler calls', usd: 1e-6, free: 14e6 },
  publishes: { unit: 'SNS publishes', usd: 0.5e-6, free: 1e6 },
  emails: { unit: 'SNS e-mails', usd: 2e-5, free: 1_000 },
  alarms: { unit: 'alarms', usd: 0.1, free: 10 },
  metrics: { unit: 'own metrics', usd: 0.3, free: 10 },
  /** With fifty metrics at most. */
  dashboards: { unit: 'dashboards', usd: 3, free: 3 },
  logGb: { unit: 'GB of logs taken in', usd: 0.5, free: 5 },
  storedLogGb: { unit: 'GB of logs kept', usd: 0.03, free: 5 },
} as const satisfies Record<string, Price>;

export type Charge = keyof typeof PRICES;
