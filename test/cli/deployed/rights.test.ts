import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FIND, RIGHTS, rightsOf } from '#adapters/aws/deployed/rights.ts';
import { inFolder, run } from '../../support/cli.ts';
import { serve } from '../../support/loopback.ts';
import { chroniclePage, REPORTS } from '../../support/sample-pages.ts';
import { watchedDeployment } from './watched-deployment.ts';

async function capturesIn(folder: string): Promise<string> {
  await mkdir(folder);
  const captures = [];
  for (let index = 0; index < 3; index += 1) {
    await writeFile(join(folder, `${index}.html`), chroniclePage(REPORTS.slice(0, 4 + index)));
    captures.push({ file: `${index}.html`, fetchedAt: `2022-01-1${index}T10:00:00Z` });
  }
  await writeFile(join(folder, 'meta.json'), JSON.stringify({ url: 'https://harbour.example/log.htm', captures }));
  return folder;
}

/** A relayed page of a site on this machine, and the reader that lists it. */
async function relayedPage() {
  const site = await serve({ '/a': chroniclePage(REPORTS) });
  const page = { id: 'a', url: site.url('/a'), name: null, rolling: false, series: null };
  const items = [{ ...page, retired: false, paused: false }];
  const headers = { 'content-type': 'application/json' };
  const reader = await serve({ '/api/pages': { headers, body: JSON.stringify({ items, next: null }) } });
  onTestFinished(async () => {
    for (const server of [site, reader]) await server.close();
  });
  const fetch = { relayed: [site.host], hosts: [site.host], ports: [site.port], allowLoopback: true, minGapSeconds: 0 };
  return { reader: reader.origin, fetch };
}

/** What a small store gives no occasion for: chunks of the text of a long history, several heads at once. */
const SELDOM = 'dynamodb:BatchGetItem';

const INTRODUCTION = [
  '# Permissions of commands with `--aws`',
  '',
  'What the credentials of a command must be permitted, where they may not do everything. A test holds this page to the code.',
  '',
  `Every command needs \`${FIND}\` on both stacks, to read their outputs, unless \`DAYBOOK_TABLE\` and \`DAYBOOK_BUCKET\``,
  'name the store. A query needs nothing more: it asks the reader, with its token. Commands on the store need in addition, on the',
  'table and its indexes, the bucket and its objects, the parameter of the token, the queue of dead letters, and the functions ingest',
  'and notify. `doctor` needs them also on the topics and all alarms, `restore` and `rebuild --into-table` also on the other table.',
  '',
];

describe('the table of permissions', () => {
  it('has every call that a command with --aws makes, and no more', async () => {
    const deployed = await watchedDeployment();
    await inFolder(async (folder) => {
      const config = join(folder, 'config.json');
      await writeFile(config, JSON.stringify({ fetch: { hosts: ['mills.example'] } }));
      const captures = await capturesIn(join(folder, 'captures'));
      const { reader, ...relayedHost } = await relayedPage();
      const relayed = join(folder, 'relayed.json');
      await writeFile(relayed, JSON.stringify(relayedHost));
      const page = (...argv: string[]) => ['pages', ...argv, '--config', config];
      const runs: [command: string, ...argv: string[][]][] = [
        ['import', ['import', captures], ['import', captures]],
        ['verify', ['verify']],
        ['export', ...['warc', 'json', 'csv', 'md'].map((format) => ['export', '--format', format])],
        ['rebuild', ['rebuild', '--continue'], ['rebuild', '--into-table', 'again']],
        ['reparse', ['reparse']],
        ['pages add', page('add', 'https://mills.example/a.htm')],
        ['pages pause', page('pause', 'a')],
        ['pages resume', page('resume', 'a')],
        ['pages rename', page('rename', 'a', 'The mills')],
        ['pages remove', page('remove', 'a')],
        ['redrive', ['redrive']],
        ['relay', ['relay', '--once', '--config', relayed, '--server', reader]],
        ['token', ['token']],
        ['doctor', ['doctor', '--offline', '--config', config]],
        ['restore', ['restore', '--from-table', 'again', '--yes', '--force']],
      ];
      deployed.giveUp('ingest', { observations: [{ page: { id: 'a' } }] });
      deployed.giveUp('notify');
      deployed.letters.set('x', 'what is this?');
      const used = new Map<string, string[]>();
      for (const [command, ...calls] of runs) {
        deployed.asked.clear();
        for (const argv of calls) expect({ argv, err: (await run(...argv, '--aws')).err }).toEqual({ argv, err: '' });
        const unlisted = [...deployed.asked].filter((one) => !rightsOf(command).includes(one));
        expect({ command, unlisted }).toEqual({ command, unlisted: [] });
        used.set(command, [...deployed.asked]);
      }
      for (const { commands, actions } of RIGHTS) {
        const asked = new Set(commands.flatMap((command) => used.get(command) ?? []));
        const unused = [FIND, ...actions].filter((one) => one !== SELDOM && !asked.has(one));
        expect({ commands, unused }).toEqual({ commands, unused: [] });
        expect(commands.filter((command) => !used.has(command))).toEqual([]);
      }
    });
  });

  it('is in the documentation as it is in the code (`-u` writes it)', async () => {
    const code = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');
    const rows = RIGHTS.map(({ commands, actions }) => `| ${code(commands)} | ${code(actions)} |`);
    const text = [...INTRODUCTION, '| command | permissions |', '| --- | --- |', ...rows, ''].join('\n');
    await expect(text).toMatchFileSnapshot('../../../docs/reference/permissions.md');
  });

  it.each([
    [['verify', '--help'], 'cloudformation:DescribeStacks, dynamodb:Query'],
    [['pages', 'add', '--help'], 'cloudformation:DescribeStacks, dynamodb:Query, dynamodb:GetItem, dynamodb:PutItem\n'],
    [['timeline', '--help'], 'cloudformation:DescribeStacks\n'],
  ])('is in the help of a command: %j', async (argv, actions) => {
    expect((await run(...argv)).out).toContain(`Permissions with --aws: ${actions}`);
  });
});

describe('a permission that is missing', () => {
  it('is named by the command, with the resource and the caller', async () => {
    const deployed = await watchedDeployment();
    const me = 'arn:aws:iam::123456789012:user/me';
    const table = 'arn:aws:dynamodb:eu-west-1:123456789012:table/daybook';
    deployed.refuse(
      'dynamodb:Scan',
      `User: ${me} is not authorized to perform: dynamodb:Scan on resource: ${table} because`,
    );
    const { code, err } = await run('verify', '--aws');
    expect([code, err]).toEqual([
      1,
      `daybook: DynamoDB refused the call (AccessDeniedException): ${me} lacks dynamodb:Scan on ${table}; grant it [refused]\n`,
    ]);
  });

  it('is named where S3 does not say which', async () => {
    const deployed = await watchedDeployment();
    deployed.refuse('s3:ListBucket', 'Access Denied');
    const { code, err } = await run('verify', '--aws');
    expect([code, err]).toEqual([1, expect.stringContaining('s3:ListBucket on bucket captures is missing [refused]')]);
  });
});
