import { execFile, spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { createProgram } from '#cli/main.ts';
import { LOCAL_PORT } from '#core/names.ts';
import { letIn } from '../../scripts/pack/context.ts';
import { listen } from '../support/loopback.ts';

const read = (path: string) => readFile(path, 'utf8');
const withoutComments = (text: string) => text.replace(/^\s*#.*$/gm, '');
const variablesIn = (text: string) => [...new Set(text.match(/\bDAYBOOK_[A-Z_]+/g))].sort();
const ofUp = () => {
  const up = createProgram(() => {}).commands.find((command) => command.name() === 'up');
  return (up?.options ?? []).flatMap((option) => option.envVar ?? []);
};

describe('the files that run Daybook on a server', () => {
  it.each(['Containerfile', 'compose.yaml', 'deploy/daybook.service'])(
    '%s sets variables that "up" reads',
    async (path) => {
      const variables = variablesIn(await read(path));
      expect(variables).toContain('DAYBOOK_PUBLIC_URL');
      expect(ofUp()).toEqual(expect.arrayContaining(variables));
    },
  );

  it('are described with every variable that "up" reads', async () => {
    const rows = (await read('docs/server.md')).match(/^\s*\| `DAYBOOK_\w+` \| `--[\w-]+` \|/gm) ?? [];
    expect(rows.map((row) => /DAYBOOK_\w+/.exec(row)?.[0]).sort()).toEqual(ofUp().sort());
  });

  it('name the port that is the usual one', async () => {
    expect(await read('Containerfile')).toMatch(new RegExp(`DAYBOOK_PORT=${LOCAL_PORT}\\b[^]*EXPOSE ${LOCAL_PORT}\\n`));
    expect(parse(await read('compose.yaml')).services.daybook.ports).toEqual([`127.0.0.1:${LOCAL_PORT}:${LOCAL_PORT}`]);
  });
});

describe('the Containerfile', () => {
  it('ends in a stage that takes the installed package alone, and runs it as another user than root', async () => {
    const last =
      withoutComments(await read('Containerfile'))
        .split(/^FROM /m)
        .at(-1) ?? '';
    expect(last.match(/^(COPY|ADD) .*$/gm)).toEqual(['COPY --from=build /opt/daybook /opt/daybook']);
    expect(last).toMatch(/^USER node$/m);
    expect(last).toMatch(/^VOLUME \/data$/m);
  });

  it.each([
    [200, 0],
    [503, 1],
  ])('probes /healthz: at an answer of %i it ends with %i', async (status, code) => {
    const asked: (string | undefined)[] = [];
    const server = await listen('127.0.0.1', (request, response) => {
      asked.push(request.url);
      response.writeHead(status).end();
    });
    onTestFinished(() => server.close());
    expect(await probe(new URL(server.url('/')).port)).toBe(code);
    expect(asked).toEqual(['/healthz']);
  });

  it('probes /healthz: with no answer it ends with 1', async () => {
    const server = await listen('127.0.0.1', (_, response) => void response.end());
    const { port } = new URL(server.url('/'));
    await server.close();
    expect(await probe(port)).toBe(1);
  });

  /** Runs the probe of the file, which a container runs without a shell, and gives its exit code. */
  async function probe(port: string): Promise<number> {
    const command = /HEALTHCHECK .*\\\n\s+CMD (\[.*\])\n/.exec(await read('Containerfile'))?.[1];
    const [program, ...argv] = JSON.parse(command ?? '[]') as string[];
    expect(program).toBe('node');
    const env = { PATH: process.env.PATH, DAYBOOK_PORT: port };
    return new Promise((done) => {
      execFile(process.execPath, argv, { env }, (error) => done(error === null ? 0 : Number(error.code)));
    });
  }
});

describe('what is let into a container', () => {
  it('is listed: what is not named stays out', async () => {
    const paths = letIn(await read('.containerignore'));
    expect(paths).toEqual(expect.arrayContaining(['src', 'package-lock.json', '.npmrc', 'LICENSE']));
    for (const path of ['node_modules', '.daybook', '.env', '.git', 'test', 'daybook.config.ts']) {
      expect(paths).not.toContain(path);
    }
    expect(await read('.dockerignore')).toBe(await read('.containerignore'));
  });

  it.each([
    ['src\n', /must begin with/],
    ['*\n!src/*.ts\n', /is not "!" and the path/],
    ['*\nsrc\n', /"src" is not/],
  ])('%j is refused: engines read it in another way', (text, message) => {
    expect(() => letIn(text)).toThrow(message);
  });
});

describe('compose.yaml', () => {
  it('keeps the history in a volume, and lets the container write nothing else for good', async () => {
    const { services, volumes } = parse(await read('compose.yaml'));
    const { daybook } = services;
    expect(daybook).toMatchObject({ read_only: true, tmpfs: ['/tmp'], restart: 'unless-stopped', cap_drop: ['ALL'] });
    expect(daybook.volumes[0]).toBe('data:/data');
    expect(Object.keys(volumes)).toEqual(['data']);
    for (const mount of daybook.volumes.slice(1)) expect(mount).toMatchObject({ type: 'bind', read_only: true });
  });

  it('probes as the Containerfile does', async () => {
    const [kind, ...command] = parse(await read('compose.yaml')).services.daybook.healthcheck.test as string[];
    const ofImage = /CMD (\["node", "-e".*\])\n/.exec(await read('Containerfile'))?.[1];
    expect(kind).toBe('CMD');
    expect(command.map((part) => part.replace(') .then', ').then'))).toEqual(JSON.parse(ofImage ?? ''));
  });

  it('is reached by a proxy of the same machine alone, and ends with a message where no address is named', async () => {
    const { daybook } = parse(await read('compose.yaml')).services;
    for (const port of daybook.ports) expect(port).toMatch(/^127\.0\.0\.1:/);
    expect(daybook.environment.DAYBOOK_PUBLIC_URL).toMatch(/^\$\{DAYBOOK_PUBLIC_URL:\?name the address/);
  });

  it('has a proxy that is whole once its comment is taken away', async () => {
    const text = (await read('compose.yaml')).replace(/^( +)# (?=( *[\w-]+:| *- ))/gm, '$1');
    const { services, volumes } = parse(text);
    expect(services.proxy).toMatchObject({ image: 'docker.io/library/caddy:2', restart: 'unless-stopped' });
    expect(services.proxy.command).toContain(`--to daybook:${LOCAL_PORT}`);
    expect(Object.keys(volumes)).toEqual(['data', 'certificates']);
  });
});

describe('the unit of systemd', () => {
  const hasAnalyze = spawnSync('systemd-analyze', ['--version']).status === 0;

  it('starts the installed command with its own data folder, and not again after wrong usage', async () => {
    const unit = await read('deploy/daybook.service');
    expect(unit).toMatch(/^ExecStart=.*node_modules\/daybook\/dist\/daybook\.js up$/m);
    expect(unit).toMatch(/^StateDirectory=daybook$/m);
    expect(unit).toMatch(/DAYBOOK_DATA=\/var\/lib\/daybook /);
    expect(unit).toMatch(/^RestartPreventExitStatus=2$/m);
  });

  it.skipIf(!hasAnalyze)('is without fault, and exposes little, as systemd sees it', () => {
    const verify = spawnSync('systemd-analyze', ['verify', 'deploy/daybook.service'], { encoding: 'utf8' });
    expect(`${verify.stdout}${verify.stderr}`).toBe('');
    const security = spawnSync('systemd-analyze', ['security', '--offline=true', 'deploy/daybook.service'], {
      encoding: 'utf8',
    });
    expect(Number(/Overall exposure level for daybook\.service: ([\d.]+)/.exec(security.stdout)?.[1])).toBeLessThan(2);
  });
});
