import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { inFolder, jsonLines, run } from '../support/cli.ts';

interface Step {
  readonly outcome: string;
  readonly reason: string | null;
  readonly alerts: string[];
  readonly changes: { kind: string; late?: boolean; substance?: string }[];
}

describe('demo', () => {
  it('takes a chronicle from its first sight to a captcha and back', async () => {
    const { code, out, err } = await run('demo', '--json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const steps = jsonLines<Step>(out).slice(1);
    expect(steps.map((step) => [step.outcome, step.changes.map((change) => change.kind), step.alerts.length])).toEqual([
      ['first', [], 0],
      ['revision', ['added', 'added'], 1],
      ['unchanged', [], 0],
      ['revision', ['added'], 1],
      ['revision', ['edited'], 1],
      ['revision', ['removed'], 1],
      ['quarantined', [], 0],
      ['recovered', [], 0],
    ]);
    expect(steps[3]?.changes[0]?.late).toBe(true);
    expect(steps[4]?.changes[0]?.substance).toBe('facts');
    expect(steps[6]?.reason).toBe('captcha');
  });

  it("prints the reader's address and the next commands, and leaves no files", async () => {
    vi.stubEnv('npm_command', 'exec');
    onTestFinished(() => void vi.unstubAllEnvs());
    const { code, out } = await run('demo');
    expect(code).toBe(0);
    expect(out).toMatch(/The reader: http:\/\/127\.0\.0\.1:\d+\//);
    expect(out).toContain('What to ask next, once "npx daybook demo --keep demo-data" has kept the history:');
    expect(out).toContain('$ npx daybook timeline --from 2024-03-01 --to 2024-03-08');
    expect(out).toMatch(/2024-03-08 │ relative/);
    expect((await readdir(tmpdir())).filter((name) => name.startsWith(`daybook-${process.pid}-`))).toEqual([]);
  });

  it('names no npx where npm did not start it: that would fetch a package of somebody else', async () => {
    vi.stubEnv('npm_command', undefined);
    onTestFinished(() => void vi.unstubAllEnvs());
    const { out } = await run('demo');
    expect(out).toContain('$ daybook timeline --from 2024-03-01 --to 2024-03-08');
    expect(out).not.toContain('npx');
  });

  it('keeps the history in the given folder, for the commands that it prints', async () => {
    await inFolder(async (folder) => {
      const kept = join(folder, 'kept');
      expect((await run('demo', '--keep', kept, '--json')).code).toBe(0);
      const shown = await run('show', 'orrin-2024-03', '2', '--data', kept);
      expect(shown.out).toContain('13 Marhc 2024');
      const again = await run('demo', '--keep', kept);
      expect(again.code).toBe(2);
      expect(again.err).toMatch(/is not empty; name a new folder/);
    });
  });
});
