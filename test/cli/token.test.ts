import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { mockStacks, stack } from '../support/aws/stacks.ts';
import { inFolder, run } from '../support/cli.ts';

describe('daybook token', () => {
  it('makes the token of a data folder once, and another one only when asked', async () => {
    await inFolder(async (folder) => {
      const made = await run('token', '--data', folder);
      const token = made.out.split('\n')[0] ?? '';
      expect([made.code, made.err, token]).toEqual([0, '', expect.stringMatching(/^[\w-]{43}$/)]);
      expect(made.out).toContain(join(folder, 'token'));
      expect(await readFile(join(folder, 'token'), 'utf8')).toBe(`${token}\n`);
      expect((await stat(join(folder, 'token'))).mode & 0o777).toBe(0o600);

      const again = await run('token', '--data', folder);
      expect([again.code, again.out]).toEqual([2, '']);
      expect(again.err).toMatch(/already: --rotate makes another in its place \[token-exists\]/);

      const rotated = JSON.parse((await run('token', '--rotate', '--data', folder, '--json')).out);
      expect(rotated).toEqual({ token: expect.stringMatching(/^[\w-]{43}$/), place: join(folder, 'token') });
      expect(rotated.token).not.toBe(token);
      expect(await readFile(join(folder, 'token'), 'utf8')).toBe(`${rotated.token}\n`);
    });
  });

  it('says why it could not be stored, and shows none then', async () => {
    await inFolder(async (folder) => {
      await mkdir(join(folder, `token.${process.pid}`));
      const ran = await run('token', '--data', folder);
      expect([ran.code, ran.out]).toEqual([1, '']);
      expect(ran.err).toMatch(/cannot be used as a data folder .*\[folder\]\n$/);
    });
  });

  it('needs a folder that is there, and says what else can be named', async () => {
    await inFolder(async (folder) => {
      await writeFile(join(folder, 'file'), '');
      for (const name of ['none', 'file']) {
        const ran = await run('token', '--data', join(folder, name));
        expect([ran.code, ran.err]).toEqual([2, expect.stringMatching(/no data folder .*--data.*--aws/)]);
      }
    });
  });
});

describe('daybook token --aws', () => {
  const ssm = mockClient(SSMClient);
  const { deploy } = mockStacks();
  const parameter = (ReaderTokenParameter: string) => ({ ReaderTokenParameter });
  beforeEach(() => {
    ssm.reset();
    deploy(
      stack('DaybookState'),
      stack('DaybookService', parameter('/DaybookService/reader-token')),
      stack('DaybookState-dev'),
      stack('DaybookService-dev', parameter('/DaybookService-dev/reader-token')),
      stack('DaybookState-open'),
      stack('DaybookService-open'),
    );
    vi.stubEnv('AWS_REGION', 'eu-west-1');
  });
  afterEach(() => void vi.unstubAllEnvs());
  const sent = () => ssm.commandCalls(PutParameterCommand).map(({ args }) => args[0].input);

  it('stores the token that it shows in the parameter that the stack names', async () => {
    ssm.on(PutParameterCommand).resolves({});
    const made = await run('token', '--aws');
    expect([made.code, made.err]).toEqual([0, '']);
    const token = made.out.split('\n')[0];
    expect(made.out).toMatch(/SSM parameter \/DaybookService\/reader-token.*within two minutes/);
    const other = JSON.parse((await run('token', '--aws', '--rotate', '--stage', 'dev', '--json')).out);
    expect(sent()).toMatchObject([
      { Name: '/DaybookService/reader-token', Value: token, Overwrite: false },
      { Name: '/DaybookService-dev/reader-token', Value: other.token, Overwrite: true },
    ]);
    expect(other.token).not.toBe(token);
  });

  it('makes none for a reader that needs none, or that is not deployed', async () => {
    const open = await run('token', '--aws', '--stage', 'open');
    expect([open.code, open.out]).toEqual([2, '']);
    expect(open.err).toMatch(/DaybookService-open needs no token: set "reader.access".*\[no-token-needed\]/);
    deploy(stack('DaybookState'));
    const none = await run('token', '--aws');
    expect([none.code, none.out, none.err]).toEqual([2, '', expect.stringMatching(/no stack DaybookService .*deploy/)]);
    expect(sent()).toEqual([]);
  });

  it('shows no token that was not stored', async () => {
    ssm.on(PutParameterCommand).rejects(Object.assign(new Error('no'), { name: 'AccessDeniedException' }));
    const ran = await run('token', '--aws');
    expect([ran.code, ran.out]).toEqual([1, '']);
    expect(ran.err).toMatch(/AccessDeniedException.*ssm:PutParameter.*\[refused\]/);
  });
});
