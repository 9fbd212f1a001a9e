import { describe, expect, it, vi } from 'vitest';
import { createProgram, unwritten } from '#cli/main.ts';
import { run } from '../support/cli.ts';

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
