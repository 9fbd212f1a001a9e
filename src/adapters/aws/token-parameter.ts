import {
  GetParameterCommand,
  ParameterAlreadyExists,
  ParameterNotFound,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { UsageError } from '#core/errors.ts';
import { awsFailure } from './failure.ts';

/** With the credentials and the region of the environment. Here, so that the SDK is loaded with what uses it. */
export const createParameterClient = (): SSMClient => new SSMClient({});

/** How long a token that was read is used before it is read again, milliseconds: a new one works after this time. */
const KEPT_MS = 120_000;

/**
 * The reader's token in an SSM parameter, read at most once in two minutes. Without the parameter there is none.
 * @param now milliseconds
 */
export function createParameterTokens(
  client: SSMClient,
  name: string,
  now: () => number = Date.now,
): () => Promise<readonly string[]> {
  let kept: { readonly until: number; readonly tokens: Promise<readonly string[]> } | null = null;
  return () => {
    if (kept !== null && now() < kept.until) return kept.tokens;
    const tokens = readParameter(client, name);
    const reading = { until: now() + KEPT_MS, tokens };
    kept = reading;
    // A failure is not kept: the next request tries again.
    tokens.catch(() => {
      if (kept === reading) kept = null;
    });
    return tokens;
  };
}

async function readParameter(client: SSMClient, name: string): Promise<readonly string[]> {
  try {
    const { Parameter } = await client.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
    return Parameter?.Value === undefined ? [] : [Parameter.Value];
  } catch (error) {
    if (error instanceof ParameterNotFound) return [];
    throw awsFailure(error, `Parameter ${name}`, `ssm:GetParameter on parameter ${name}`);
  }
}

/**
 * Stores a token as a SecureString under the AWS-managed key, which costs nothing.
 * @param replace whether a token that is there already may be replaced.
 * @throws UsageError (`token-exists`) when there is one and it may not; AwsSetupError without credentials or a region.
 */
export async function putToken(client: SSMClient, name: string, token: string, replace: boolean): Promise<void> {
  const Description = 'Daybook: the token that opens the reader. Made and replaced by "daybook token --aws".';
  const command = new PutParameterCommand({
    Name: name,
    Value: token,
    Type: 'SecureString',
    Tier: 'Standard',
    Description,
    Overwrite: replace,
  });
  try {
    await client.send(command);
  } catch (cause) {
    if (cause instanceof ParameterAlreadyExists) {
      throw new UsageError(
        `There is a token in ${name} already, and it is shown only when it is made: --rotate makes another in its place`,
        { code: 'token-exists', cause },
      );
    }
    throw awsFailure(cause, 'SSM', `ssm:PutParameter on parameter ${name}`);
  }
}
