import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createProgram, unwritten } from '#cli/main.ts';
import { inFolder, run } from '../support/cli.ts';

describe('the command line', () => {
  const commands = createProgram(() => {}).commands.map((command) => command.name());

  it('has every command of the first use', () => {
    for (const name of [
      'extract',
      'replay',
      'up',
      'demo',
      'pages',
      'timeline',
      'changes',
      'revisions',
      'show',
      'diff',
    ]) {
      expect(commands).toContain(name);
    }
  });

  it.each(commands)('%s prints its help with exit code 0', async (name) => {
    const { code, out, err } = await run(name, '--help');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(`Usage: daybook ${name}`);
  });

  it('prints its version', async () => {
    expect(await run('--version')).toEqual({ code: 0, out: '0.1.0\n', err: '' });
  });

  it.each([
    [['nonsense'], /unknown command 'nonsense'/],
    [['extract'], /missing required argument/],
    [['extract', 'a', '--nonsense'], /unknown option '--nonsense'/],
    [['timeline', '--limit', 'many'], /--limit: "many" is not a whole number from 1 to 10000/],
    [['up', '--port', '70000'], /--port: "70000" is not a whole number from 0 to 65535/],
  ])('%j is wrong usage: exit code 2 and one clear line', async (argv, message) => {
    const { code, out, err } = await run(...argv);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
  });

  it.each([
    ['DAYBOOK_PORT', '70000', /--port.*DAYBOOK_PORT.*not a whole number|--port: "70000" is not a whole number/],
    ['DAYBOOK_HOST', 'no host', /--host: "no host" is not an address or a name of this machine/],
    [
      'DAYBOOK_PUBLIC_URL',
      'daybook.example.org',
      /--public-url: "daybook.example.org" is not an http or https address/,
    ],
    ['DAYBOOK_CONFIG', 'no-such.config.ts', /There is no configuration .*no-such\.config\.ts/],
  ])('up takes %s from the environment, and not when it is empty', async (name, value, message) => {
    await inFolder(async (folder) => {
      vi.stubEnv(name, value);
      onTestFinished(() => void vi.unstubAllEnvs());
      const wrong = await run('up', '--once', '--data', folder);
      expect(wrong).toMatchObject({ code: 2, out: '', err: expect.stringMatching(message) });
      vi.stubEnv(name, '');
      // Port 0: other tests may have the usual one.
      const port = name === 'DAYBOOK_PORT' ? [] : ['--port', '0'];
      const { err } = await run('up', 'not-an-address', '--once', '--data', folder, ...port);
      expect(err).toMatch(/"not-an-address" is not an http or https address/);
    });
  });

  it('reports that its output cannot be written, except for a closed pipe', () => {
    const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      expect(unwritten(Object.assign(new Error('broken pipe'), { code: 'EPIPE' }))).toBe(0);
      expect(written).not.toHaveBeenCalled();
      expect(unwritten(Object.assign(new Error('no space left on device, write'), { code: 'ENOSPC' }))).toBe(1);
      expect(written.mock.calls.map(([text]) => text)).toEqual([
        'daybook: The output could not be written: no space left on device, write [output]\n',
      ]);
    } finally {
      written.mockRestore();
    }
  });
});
