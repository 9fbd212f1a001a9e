/** Names shared by the stacks, the functions and the command line. Imports nothing, so that every ring may import it. */

/** Version of decoding, extraction, dating and alignment together. Raising it makes a re-parse `technical`. */
export const PARSER_VERSION = '1';

/** This version of Daybook, as in package.json. */
export const VERSION = '0.1.0';

/**
 * Number of the format of the store. It rises when items or documents of the version before can no longer be read; a
 * store of another format is refused. Stores from before formats had numbers count as format 1.
 */
export const STORE_FORMAT = 2;

/** Environment variables that the stateless stack gives to its functions. */
export const ENV = {
  table: 'DAYBOOK_TABLE',
  bucket: 'DAYBOOK_BUCKET',
  fetchFunction: 'DAYBOOK_FETCH_FUNCTION',
  ingestFunction: 'DAYBOOK_INGEST_FUNCTION',
  newsTopicArn: 'DAYBOOK_NEWS_TOPIC_ARN',
  healthTopicArn: 'DAYBOOK_HEALTH_TOPIC_ARN',
  readerUrl: 'DAYBOOK_READER_URL',
  tokenParameter: 'DAYBOOK_TOKEN_PARAMETER',
  /** Only where the stage has a name. */
  stage: 'DAYBOOK_STAGE',
} as const;

/** Name of the SSM parameter with the reader's token, from the name of the stateless stack. */
export const tokenParameter = (stack: string): string => `/${stack}/reader-token`;

/** In place of that name where the reader needs no token: one that was forgotten opens nothing. */
export const NO_TOKEN = 'none';

/** Names of the two stacks of a stage; null: the stage without a name. */
export const stacksOf = (stage: string | null): { readonly state: string; readonly service: string } => {
  const suffix = stage === null ? '' : `-${stage}`;
  return { state: `DaybookState${suffix}`, service: `DaybookService${suffix}` };
};

/** What deploys both stacks of a stage: CDK finds no stack of a stage that it is not given. */
export const deployCommand = (stage: string | null): string =>
  `npx cdk deploy --all${stage === null ? '' : ` -c stage=${stage}`}`;

/** What a stage may be called: it becomes part of the names of stacks, parameters and metrics. */
export const STAGE_NAME = /^[a-z][a-z0-9]{0,15}$/;

/** Key attributes and secondary indexes of the one table. */
export const TABLE = {
  partitionKey: 'pk',
  sortKey: 'sk',
  /** Timeline entries and changes of all pages, a year a partition. */
  acrossIndex: 'across',
  acrossPartitionKey: 'gpk',
  acrossSortKey: 'gsk',
  /** Pages by the time of their next check. */
  dueIndex: 'due',
  duePartitionKey: 'dpk',
  dueSortKey: 'dsk',
  /** Pages by id, with what a list shows of them in one attribute. Its sort key is the table's partition key. */
  pagesIndex: 'pages',
  pagesPartitionKey: 'lpk',
  pagesRow: 'row',
} as const;

/** Sort keys of the items whose change the stream hands to `notify`. */
export const FLIP_SORT_KEYS = { head: 'HEAD', health: 'HEALTH', bulletin: 'BULLETIN' } as const;

/**
 * Prefixes of object keys in the capture bucket, a prefix a permission. `bodies/` holds what was fetched and may
 * expire by a lifecycle rule; `evidence/` holds the bodies that something was made of, for ever.
 */
export const OBJECT_PREFIX = {
  captures: 'captures/',
  bodies: 'bodies/',
  evidence: 'evidence/',
  revisions: 'revisions/',
} as const;

/** CloudWatch metrics: each is paid for every month, so there is one. The rest is in the logs. */
export const METRICS = {
  namespace: 'Daybook',
  checks: 'Checks',
} as const;

/** Dimensions that keep the metrics of two stages apart. */
export const stageDimensions = (stage: string | null): Readonly<Record<string, string>> =>
  stage === null ? {} : { stage };

/** Where the reader listens when Daybook runs on one machine. */
export const LOCAL_PORT = 4380;
