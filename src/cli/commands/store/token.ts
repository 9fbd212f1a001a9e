import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { newToken, readToken, tokenFileOf, writeToken } from '#adapters/local/reader-token.ts';
import { UsageError } from '#core/errors.ts';
import { type DeployedOptions, openDeployment } from '../../deployed.ts';
import { EXIT } from '../../failure.ts';
import { createOutput } from '../../output.ts';

export interface TokenOptions extends DeployedOptions {
  readonly data: string;
  readonly rotate?: boolean;
  readonly json?: boolean;
}

/** Makes the token of a reader, or another in its place, and shows it: this once. */
export async function makeToken(options: TokenOptions): Promise<number> {
  const output = createOutput(options);
  const token = newToken();
  const place = await (options.aws === true ? storeDeployed(token, options) : storeLocal(token, options));
  if (output.json) {
    output.value({ token, place });
    return EXIT.ok;
  }
  output.line(token);
  output.line(output.colour.dim(`Shown once; kept in ${place}. ${options.aws === true ? DEPLOYED : LOCAL}`));
  return EXIT.ok;
}

const HOW = 'Commands take it as DAYBOOK_TOKEN, browsers and feed readers as password of any user name.';
const DEPLOYED = `It works within two minutes, and an earlier one no longer. ${HOW}`;
const LOCAL = `It works at once, and an earlier one no longer. ${HOW}`;

async function storeDeployed(token: string, options: TokenOptions): Promise<string> {
  const { serviceOf } = await import('#adapters/aws/deployed/deployment.ts');
  const service = serviceOf(await openDeployment(options));
  const name = service.outputs.ReaderTokenParameter;
  if (name === undefined) {
    throw new UsageError(
      `The reader of ${service.name} needs no token: set "reader.access" to "token" in its configuration and deploy again`,
      { code: 'no-token-needed' },
    );
  }
  const { storeToken } = await import('#adapters/aws/compose.ts');
  await storeToken(name, token, options.rotate ?? false);
  return `the SSM parameter ${name}`;
}

async function storeLocal(token: string, { data, rotate = false }: TokenOptions): Promise<string> {
  const folder = resolve(data);
  if (!(await isFolder(folder))) {
    throw new UsageError(`There is no data folder ${folder}: name one with --data, or a deployed reader with --aws`, {
      code: 'no-history',
    });
  }
  if (!rotate && (await readToken(folder)) !== null) {
    throw new UsageError(`There is a token in ${tokenFileOf(folder)} already: --rotate makes another in its place`, {
      code: 'token-exists',
    });
  }
  await writeToken(folder, token);
  return tokenFileOf(folder);
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
