import { strictEqual as is, match } from 'node:assert';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { firstLine, type Installation, run, start } from './command.ts';

/** What an installed Daybook must do. It fails by throwing. */
export interface Claim {
  readonly name: string;
  readonly check: (installation: Installation) => Promise<void>;
}

const PAGE = `<!DOCTYPE html><meta charset="utf-8"><title>The Sill Canal - June 2024</title><div id="content">
<h1>The Sill Canal - June 2024</h1>
<p>On 03 June 2024 the lock keepers of Sill closed both gates, because the water had risen by two metres in a night.</p>
<p>Barges waited in a row of four miles on 05 June 2024, and their owners asked the council to pay for the days.</p>
<p>The gates opened again on 08 June 2024 for boats of less than ten tons, two at a time and by daylight only.</p></div>`;

const CONFIG = (url: string) => `import { defineConfig } from 'daybook/config';
const port: number = ${new URL(url).port};
export default defineConfig({
  pages: [{ id: 'sill', url: \`http://127.0.0.1:\${port}/sill.htm\` }],
  reader: { access: 'token' },
  fetch: { ports: [port], allowLoopback: true },
});
`;

export const CLAIMS: readonly Claim[] = [
  {
    name: 'says its version, and helps',
    check: async (at) => {
      match((await done(at, '--version')).out, /^\d+\.\d+\.\d+\n$/);
      match((await done(at, '--help')).out, /Usage: daybook/);
    },
  },
  { name: 'shows the demo', check: async (at) => match((await done(at, 'demo')).out, /recovered/) },
  {
    name: 'says what to do where no page is named',
    check: async (at) => {
      const { code, err } = await run(at, ['up', '--data', 'nothing']);
      match(
        err,
        /^daybook: Name a page to track, "daybook up <url>", or a configuration with --config \[no-pages\]\n$/,
      );
      is(code, 2);
    },
  },
  {
    name: 'reads a file',
    check: async (at) => {
      await writeFile(join(at.folder, 'sill.htm'), PAGE);
      const { paragraphs } = await json(at, 'extract', 'sill.htm', '--url', 'https://example.org/sill-2024-06.htm');
      is((paragraphs as unknown[]).length, 4);
    },
  },
  {
    name: 'tracks an address, and answers about it, verifies it and exports it',
    check: async (at) => {
      await withSite((url) => done(at, 'up', url, '--once', '--port', '0'));
      match((await done(at, 'pages')).out, /sill .*ok/);
      match((await done(at, 'timeline', '--from', '2024-06-05', '--to', '2024-06-05')).out, /Barges waited/);
      await done(at, 'verify');
      await done(at, 'export', '--format', 'warc', '--out', 'sill.warc.gz');
    },
  },
  {
    name: 'serves that history to a browser and to a probe, and ends at a signal',
    check: async (at) => {
      await served(at, ['serve', '--port', '0', '--json'], {}, async (reader) => {
        is(await (await fetch(new URL('healthz', reader))).text(), '{"status":"ok"}');
        match(await (await fetch(reader, { headers: { accept: 'text/html' } })).text(), /The Sill Canal/);
      });
    },
  },
  {
    name: 'serves others with settings from the environment: under its public name, to its token, until a signal',
    check: async (at) => {
      const token = 'a-token-of-the-claims';
      const settings = {
        DAYBOOK_HOST: '0.0.0.0',
        DAYBOOK_PORT: '0',
        DAYBOOK_PUBLIC_URL: 'https://daybook.example.org',
      };
      await served(at, ['up', '--json'], { ...settings, DAYBOOK_TOKEN: token, DAYBOOK_CONFIG: '' }, async (reader) => {
        is(reader, 'https://daybook.example.org/');
        const { port } = JSON.parse(await readFile(join(at.folder, '.daybook/owner.json'), 'utf8')) as { port: number };
        const here = `http://127.0.0.1:${port}`;
        is((await fetch(`${here}/healthz`)).status, 200);
        is((await fetch(`${here}/`)).status, 401);
        is((await fetch(`${here}/`, { headers: { authorization: `Bearer ${token}` } })).status, 200);
      });
      is(existsSync(join(at.folder, '.daybook/owner.json')), false);
    },
  },
  {
    name: 'takes a configuration in TypeScript that imports daybook/config',
    check: async (at) => {
      await withSite(async (url) => {
        await writeFile(join(at.folder, 'my.config.ts'), CONFIG(url));
        await done(at, 'up', '--config', 'my.config.ts', '--once', '--port', '0', '--data', 'configured');
      });
      match((await done(at, 'pages', '--data', 'configured')).out, /sill .*ok/);
    },
  },
  {
    name: 'declares the types of a configuration, so that a wrong one is underlined',
    check: async (at) => {
      is((await compile(at, 'right.ts', `pages: [], fetch: { robots: 'obey' }`)).code, 0);
      const wrong = await compile(at, 'wrong.ts', `pages: [], fetch: { robots: 'never' }`);
      match(wrong.out, /error TS2322.*"never"/);
    },
  },
];

/** Runs a command that must succeed. */
async function done(at: Installation, ...argv: readonly string[]) {
  const ended = await run(at, argv);
  is(ended.code, 0, `daybook ${argv.join(' ')} ended with ${ended.code}: ${ended.err}`);
  return ended;
}

/** Does some work while a command serves, then ends it by the signal that servers send. */
async function served(
  at: Installation,
  argv: readonly string[],
  settings: Readonly<Record<string, string>>,
  work: (reader: string) => Promise<void>,
): Promise<void> {
  const child = start(at, argv, settings);
  const ended = once(child, 'exit');
  try {
    const { reader } = JSON.parse(await firstLine(child)) as { reader: string };
    await work(reader);
  } finally {
    child.kill('SIGTERM');
  }
  is((await ended)[0], 0);
}

async function json(at: Installation, ...argv: readonly string[]): Promise<Record<string, unknown>> {
  return JSON.parse((await done(at, ...argv, '--json')).out) as Record<string, unknown>;
}

/** A site of this machine with one page, for as long as the work takes. */
async function withSite(work: (url: string) => Promise<unknown>): Promise<void> {
  const site = createServer((request, response) => {
    const isPage = request.url === '/sill.htm';
    response.writeHead(isPage ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' }).end(isPage ? PAGE : '');
  });
  await once(site.listen(0, '127.0.0.1'), 'listening');
  try {
    await work(`http://127.0.0.1:${(site.address() as AddressInfo).port}/sill.htm`);
  } finally {
    site.close();
  }
}

/** Checks the types of a configuration with the compiler of this project. */
async function compile({ folder }: Installation, file: string, fields: string): Promise<{ code: number; out: string }> {
  const text = `import { defineConfig } from 'daybook/config';\nexport default defineConfig({ ${fields} });\n`;
  await writeFile(join(folder, file), text);
  const tsc = resolve(import.meta.dirname, '../../node_modules/.bin/tsc');
  const flags = ['--noEmit', '--strict', '--module', 'nodenext', '--types', '', file];
  return new Promise((finished) => {
    execFile(tsc, flags, { cwd: folder }, (error, out) => finished({ code: error === null ? 0 : 1, out }));
  });
}
