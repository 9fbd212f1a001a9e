import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createProgram } from '#cli/main.ts';
import { ENV } from '#core/names.ts';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
}

const textOf = (file: string) => readFileSync(`examples/github-actions/${file}`, 'utf8');
const workflow = (file: string) => parse(textOf(file)) as Workflow;
const stepsOf = (file: string) => Object.values(workflow(file).jobs).flatMap(({ steps }) => steps);
const FILES = ['deploy.yml', 'relay.yml'];

/** The command that words name, and the words that it does not know. */
function understood(program: Command, words: readonly string[]): [Command | undefined, string[]] {
  const [name, ...rest] = words;
  const command = program.commands.find((one) => one.name() === name);
  const options = new Set(command?.options.map(({ long }) => long));
  return [command, rest.filter((word) => word.startsWith('--') && !options.has(word))];
}

describe.each(FILES)('%s', (file) => {
  it('may take a token for its role and read the repository, and nothing else', () => {
    expect(workflow(file).permissions).toEqual({ contents: 'read', 'id-token': 'write' });
  });

  it('pins each action by a major version', () => {
    const used = stepsOf(file).flatMap(({ uses }) => uses ?? []);
    expect(used.map((one) => one.split('@')[0])).toEqual([
      'actions/checkout',
      'actions/setup-node',
      'aws-actions/configure-aws-credentials',
    ]);
    for (const one of used) expect(one).toMatch(/@v\d+$/);
  });

  it('runs Node 24 and installs what the lock file says, before anything else is run', () => {
    const steps = stepsOf(file);
    expect(steps.find(({ uses }) => uses?.startsWith('actions/setup-node'))?.with).toMatchObject({
      'node-version': 24,
    });
    expect(steps.flatMap(({ run }) => run ?? [])[0]).toBe('npm ci');
  });

  it('takes a role by OIDC: there is no key in it', () => {
    expect(textOf(file)).not.toMatch(/access-key|AWS_SECRET/i);
    const role = stepsOf(file).find(({ uses }) => uses?.includes('configure-aws-credentials'))?.with;
    expect(Object.keys(role ?? {})).toEqual(['role-to-assume', 'aws-region']);
  });

  it('runs only commands and options that exist', () => {
    const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
    for (const run of stepsOf(file).flatMap((step) => step.run ?? [])) {
      if (run === 'npm ci') continue;
      const [npx, tool, ...words] = run.split(' ');
      expect(npx).toBe('npx');
      if (tool === 'cdk') expect(devDependencies).toHaveProperty('aws-cdk');
      else {
        const [command, unknown] = understood(
          createProgram(() => {}),
          words,
        );
        expect([tool, command?.name(), unknown]).toEqual(['daybook', words[0], []]);
      }
    }
  });
});

it('the relay is scheduled, and is given the variables that its command reads', () => {
  const { on } = workflow('relay.yml');
  expect(on.schedule).toEqual([{ cron: expect.stringMatching(/^[\d,]+ \* \* \* \*$/) }]);
  const env = stepsOf('relay.yml').flatMap((step) => Object.keys(step.env ?? {}));
  expect(env).toEqual([ENV.bucket, ENV.ingestFunction, 'DAYBOOK_SERVER', 'DAYBOOK_TOKEN']);
});

it('the trust policy names one repository and one branch', () => {
  const { Statement } = JSON.parse(textOf('trust-policy.json'));
  const [{ Action, Condition, Principal }, ...more] = Statement;
  expect(more).toEqual([]);
  expect(Action).toBe('sts:AssumeRoleWithWebIdentity');
  expect(Principal.Federated).toMatch(/:oidc-provider\/token\.actions\.githubusercontent\.com$/);
  expect(Object.keys(Condition)).toEqual(['StringEquals']);
  expect(Condition.StringEquals).toEqual({
    'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
    'token.actions.githubusercontent.com:sub': expect.stringMatching(/^repo:[^*:]+\/[^*:]+:ref:refs\/heads\/[^*]+$/),
  });
});
