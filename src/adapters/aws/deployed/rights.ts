/** Needed by every command, to read the outputs of the stacks; not where the environment names table and bucket. */
export const FIND = 'cloudformation:DescribeStacks';

const READ = ['dynamodb:Query', 'dynamodb:GetItem', 'dynamodb:BatchGetItem', 's3:ListBucket', 's3:GetObject'];
const WRITE = ['dynamodb:PutItem', 'dynamodb:BatchWriteItem', 's3:PutObject'];

export interface Rights {
  readonly commands: readonly string[];
  /** Those of DynamoDB on the table and its indexes, those of S3 on the bucket and its objects. */
  readonly actions: readonly string[];
}

/**
 * What the credentials must be permitted, in addition to {@link FIND}, for a command with `--aws`. A command that is not
 * here asks the deployed reader.
 */
export const RIGHTS: readonly Rights[] = [
  { commands: ['export'], actions: READ },
  { commands: ['verify'], actions: [...READ, 'dynamodb:Scan'] },
  { commands: ['import', 'reparse'], actions: [...READ, ...WRITE] },
  // With --into-table it makes the table that it fills.
  { commands: ['rebuild'], actions: [...READ, ...WRITE, 'dynamodb:CreateTable', 'dynamodb:DescribeTable'] },
  { commands: ['restore'], actions: [...READ, ...WRITE, 'dynamodb:DescribeTable', 'dynamodb:Scan'] },
  {
    commands: ['pages add', 'pages remove', 'pages pause', 'pages resume', 'pages rename'],
    actions: ['dynamodb:Query', 'dynamodb:GetItem', 'dynamodb:PutItem'],
  },
  {
    commands: ['redrive'],
    actions: [
      'sqs:ReceiveMessage',
      'sqs:DeleteMessage',
      'sqs:ChangeMessageVisibility',
      'lambda:InvokeFunction',
      'dynamodb:Query',
      'dynamodb:GetItem',
      'dynamodb:BatchGetItem',
    ],
  },
  { commands: ['relay'], actions: ['s3:ListBucket', 's3:GetObject', 's3:PutObject', 'lambda:InvokeFunction'] },
  { commands: ['token'], actions: ['ssm:PutParameter'] },
  {
    commands: ['doctor'],
    actions: [
      ...READ,
      'sns:ListSubscriptionsByTopic',
      'sqs:GetQueueAttributes',
      'cloudwatch:DescribeAlarms',
      'ssm:GetParameter',
    ],
  },
];

/** All actions that a command with `--aws` may ask for. */
export function rightsOf(command: string): readonly string[] {
  const found = RIGHTS.find(({ commands }) => commands.includes(command));
  return [FIND, ...(found?.actions ?? [])];
}
