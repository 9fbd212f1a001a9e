import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { nodeOf } from '../bundle/nodes.ts';

const run = promisify(execFile);

/** Major version of the runtime that the functions are deployed on. */
const FUNCTIONS_NODE = 24;

const INVOKE_PATIENCE_MS = 180_000;

/** Outputs of the deployed stacks, by stack and name. */
export type Outputs = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * A local AWS stand-in: a script with the commands `up`, `env` and `down`, that deploys the project in the current
 * folder. Where it is, and whether it can run here, is asked of `find`.
 */
export class StandIn {
  #config: string | null = null;

  private constructor(
    private readonly script: string,
    private readonly folder: string,
    private readonly port: number,
    /** What runs the functions. */
    private readonly node: string,
  ) {}

  /** The stand-in, or the reason why there is none here. */
  static async find(project: string): Promise<StandIn | { readonly missing: string }> {
    const named = process.env.DAYBOOK_REHEARSAL;
    const script = resolve(project, named ?? 'scripts/rehearsal/rehearse');
    if (!existsSync(script)) {
      return { missing: 'there is no local AWS stand-in here (DAYBOOK_REHEARSAL names its script)' };
    }
    try {
      await run('python3', ['-c', 'import moto.server, boto3']);
    } catch {
      return {
        missing:
          'the local AWS stand-in needs python3 with moto[server] and boto3: scripts/rehearsal/install installs them',
      };
    }
    const port = Number(process.env.PORT) || (await freePort());
    return new StandIn(script, await mkdtemp(join(tmpdir(), 'daybook-rehearsal-')), port, await nodeOfFunctions());
  }

  /** Starts it, deploys the project with a configuration, and puts the stand-in's address into this process's environment. */
  async up(configFile: string): Promise<Outputs> {
    this.#config = configFile;
    const { stdout } = await this.command('up', '-c', `config=${configFile}`);
    for (const [name, value] of assignments((await this.command('env')).stdout)) process.env[name] = value;
    return JSON.parse(stdout) as Outputs;
  }

  /** Deploys over what is running, with the configuration of `up`. */
  async deploy(): Promise<Outputs> {
    if (this.#config === null) throw new Error('Nothing is deployed yet.');
    return JSON.parse((await this.command('deploy', '-c', `config=${this.#config}`)).stdout) as Outputs;
  }

  /** Calls a function and waits for its answer. Throws with what the function said when it failed. */
  async invoke(functionName: string, event: unknown): Promise<unknown> {
    const region = process.env.AWS_REGION;
    const response = await fetch(
      `http://127.0.0.1:${this.port}/2015-03-31/functions/${encodeURIComponent(functionName)}/invocations`,
      {
        method: 'POST',
        body: JSON.stringify(event),
        // Calls that wake each other for ever must not keep the rehearsal for ever.
        signal: AbortSignal.timeout(INVOKE_PATIENCE_MS),
        headers: {
          // The stand-in reads the service and the region from the signature and does not check it.
          authorization: `AWS4-HMAC-SHA256 Credential=test/20240101/${region}/lambda/aws4_request, SignedHeaders=host, Signature=0`,
          'content-type': 'application/json',
        },
      },
    );
    const answer = await response.text();
    if (!response.ok || response.headers.has('x-amz-function-error')) {
      throw new Error(`${functionName} failed (${response.status}): ${answer.slice(0, 1_000)}`);
    }
    return answer === '' ? null : JSON.parse(answer);
  }

  /** Stops it and removes what it left. May be called at any time, more than once. */
  async down(): Promise<void> {
    await this.command('down');
    await rm(this.folder, { recursive: true, force: true });
  }

  private async command(...args: string[]): Promise<{ stdout: string }> {
    try {
      return await run(this.script, args, {
        env: {
          ...process.env,
          PORT: String(this.port),
          REHEARSAL_STATE: join(this.folder, 'state'),
          REHEARSAL_NODE: this.node,
        },
        maxBuffer: 64 * 1024 * 1024,
      });
    } catch (cause) {
      const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr) : String(cause);
      throw new Error(`The stand-in's "${args[0]}" failed:\n${said.trim()}`, { cause });
    }
  }
}

/** `export A=1 B=2` lines as pairs. */
export function assignments(text: string): [string, string][] {
  return [...text.matchAll(/(?:^export|\s)\s*(\w+)=(\S*)/gm)].map(([, name = '', value = '']) => [name, value]);
}

/** Node of the deployed runtime where it can be had, else the one that runs this. Says which. */
async function nodeOfFunctions(): Promise<string> {
  const found = await nodeOf(FUNCTIONS_NODE);
  if ('program' in found) {
    console.log(`The functions run on Node ${FUNCTIONS_NODE}.`);
    return found.program;
  }
  console.log(
    `skipped: ${found.missing}; the functions run on Node ${process.version}, and are deployed on ${FUNCTIONS_NODE}.`,
  );
  return process.execPath;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done, failed) => server.once('error', failed).listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('No port is free on 127.0.0.1.');
  return address.port;
}
