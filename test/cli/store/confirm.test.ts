import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { confirmed } from '#cli/confirm.ts';

function terminal(isTTY = true) {
  const stdin = Object.assign(new PassThrough(), { isTTY });
  const stderr = Object.assign(new PassThrough(), { isTTY });
  return { stdin, stderr };
}

describe('a question before something that is hard to undo', () => {
  it.each([
    ['y', true],
    ['YES', true],
    [' yes ', true],
    ['n', false],
    ['', false],
    ['yesterday', false],
  ])('takes "%s" as %s', async (answer, expected) => {
    const at = terminal();
    const asked = confirmed('Replace it?', at);
    at.stdin.write(`${answer}\n`);
    expect(await asked).toBe(expected);
    expect(String(at.stderr.read())).toContain('Replace it? [y/N] ');
  });

  it('takes the end of the input as no', async () => {
    const at = terminal();
    const asked = confirmed('Replace it?', at);
    at.stdin.end();
    expect(await asked).toBe(false);
  });

  it('is an error where nobody can be asked, with the option that answers it', async () => {
    await expect(confirmed('Replace it?', terminal(false))).rejects.toMatchObject({
      code: 'not-confirmed',
      message: expect.stringContaining('add --yes'),
    });
  });
});
