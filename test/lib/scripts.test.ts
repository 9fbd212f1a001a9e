import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { ADDED_TEXT, ChroniclePage } from '../../scripts/rehearsal/chronicle.ts';
import { assignments } from '../../scripts/rehearsal/stand-in.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
const scratch = mkdtempSync(join(tmpdir(), 'daybook-scripts-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Runs one of the scripts to its end, in a process of its own. */
async function script(name: string, args: string[] = [], env: Record<string, string> = {}) {
  const command = ['--import', 'tsx', join(PROJECT, 'scripts', name), ...args];
  const options = { cwd: PROJECT, env: { ...process.env, ...env } };
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, command, options);
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr };
  }
}

/** A synthesis of one function whose bundle is the given module. */
function synthesis(name: string, module: string): string {
  const folder = join(scratch, name);
  mkdirSync(join(folder, 'asset.1'), { recursive: true });
  writeFileSync(join(folder, 'asset.1', 'index.mjs'), module);
  const resource = {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Handler: 'index.handler',
      Environment: {
        Variables: { DAYBOOK_TABLE: { 'Fn::ImportValue': 'State:Table' }, NODE_OPTIONS: '--enable-source-maps' },
      },
    },
    Metadata: { 'aws:cdk:path': 'DaybookService/Plan/Function/Resource', 'aws:asset:path': 'asset.1' },
  };
  writeFileSync(join(folder, 'Some.template.json'), JSON.stringify({ Resources: { F: resource } }));
  return folder;
}

describe('load-bundles', () => {
  const load = (name: string, module: string) => script('load-bundles.ts', [synthesis(name, module)]);

  test('passes a bundle that exports a handler, and prints its size', async () => {
    const { code, stdout } = await load('good', 'export const handler = async () => 1;');
    const major = process.versions.node.split('.')[0];
    const line = new RegExp(
      `^✓ Plan +1 kB \\(1 kB zipped, 0 kB on demand\\), loaded in \\d+ ms of CPU on Node ${major}$`,
      'm',
    );
    expect(stdout).toMatch(line);
    expect(code).toBe(0);
  });

  const needs = (name: string) =>
    `if (!process.env.${name}) throw new Error('no ${name}'); export const handler = () => 1;`;

  test('gives a bundle the environment that its stack gives it', async () => {
    expect((await load('needy', needs('DAYBOOK_TABLE'))).code).toBe(0);
  });

  test('fails when the code asks for a variable that the stack does not set', async () => {
    const { code, stderr } = await load('needier', needs('DAYBOOK_BUCKET'));
    expect(stderr).toContain('no DAYBOOK_BUCKET');
    expect(code).toBe(1);
  });

  test.each([
    ['throws while it loads', 'throw new Error("boom at start");', 'boom at start'],
    ['lacks a module', 'import "no-such-package"; export const handler = () => 1;', 'no-such-package'],
    ['exports something else', 'export const handler = 42;', 'is number, not a function'],
    ['exports nothing', 'export {};', 'is undefined, not a function'],
  ])('fails when a bundle %s', async (what, module, message) => {
    const { code, stderr } = await load(what.replaceAll(' ', '-'), module);
    expect(stderr).toContain('✗ Plan');
    expect(stderr).toContain(message);
    expect(code).toBe(1);
  });

  test('fails when a function loads more at its start than its budget', async () => {
    const heavy = `export const handler = () => 1; // ${'x'.repeat(350 * 1024)}`;
    const { code, stderr } = await load('heavy', heavy);
    expect(stderr).toContain('✗ Plan: Error: 351 kB are loaded at the start, and 350 kB are allowed');
    expect(code).toBe(1);
  });

  test('fails without a synthesis', async () => {
    const { code, stderr } = await script('load-bundles.ts', [join(scratch, 'nothing')]);
    expect(stderr).toContain('There is no function in');
    expect(code).toBe(1);
  });
});

describe('rehearse', () => {
  test('prints why it rehearses nothing without a stand-in, with exit code 0', async () => {
    const { code, stdout } = await script('rehearse.ts', [], { DAYBOOK_REHEARSAL: join(scratch, 'none') });
    expect(stdout).toMatch(/^\d{2} claims hold; each finds its planted fault\.$/m);
    expect(stdout).toMatch(/^Nothing was rehearsed: there is no local AWS stand-in here/m);
    expect(code).toBe(0);
  });

  test('reads the environment that the stand-in prints', () => {
    expect(assignments('export A_URL=http://127.0.0.1:1 B=x\nexport C=true\n')).toEqual([
      ['A_URL', 'http://127.0.0.1:1'],
      ['B', 'x'],
      ['C', 'true'],
    ]);
  });

  test('serves a page like a real server, and changes it on request', async () => {
    const page = new ChroniclePage('/c.htm');
    const port = await page.listen(0);
    try {
      const get = (headers: Record<string, string> = {}, path = '/c.htm') =>
        fetch(`http://127.0.0.1:${port}${path}`, { headers });
      const first = await get();
      const etag = first.headers.get('etag') ?? '';
      expect(await first.text()).not.toContain(ADDED_TEXT);
      expect((await get({ 'if-none-match': etag })).status).toBe(304);
      expect((await get({}, '/robots.txt')).status).toBe(404);
      page.publish(ADDED_TEXT);
      const second = await get({ 'if-none-match': etag });
      expect(second.status).toBe(200);
      expect(await second.text()).toContain(ADDED_TEXT);
      expect(page.answered).toEqual([200, 304, 200]);
    } finally {
      await page.close();
    }
  });
});
