import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { nodeOf } from '../../scripts/bundle/nodes.ts';

const root = mkdtempSync(join(tmpdir(), 'daybook-nodes-test-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A program that is installed already, and says that it has a version. */
function installed(major: number, says: string): string {
  const folder = join(root, String(major), 'node_modules', 'node', 'bin');
  mkdirSync(folder, { recursive: true });
  const program = join(folder, 'node');
  writeFileSync(program, `#!/bin/sh\n${says}\n`, { mode: 0o755 });
  return program;
}

test('another Node that is installed is used without asking npm', async () => {
  const program = installed(24, 'echo v24.1.0');
  expect(await nodeOf(24, root)).toEqual({ program });
});

test.each([
  [22, 'echo v20.1.0', /^Node 22: .* says v20\.1\.0$/],
  [26, 'exit 1', /^Node 26 cannot be had from npm/],
])('a Node %i that answers with something else is counted as missing: %s', async (major, says, sentence) => {
  installed(major, says);
  expect(await nodeOf(major, root)).toEqual({ missing: expect.stringMatching(sentence) });
});
