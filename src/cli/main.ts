import { Command, CommanderError, Option } from 'commander';
import { LOCAL_PORT, VERSION } from '#core/names.ts';
import { checkDeployed, withDeployed } from './deployed.ts';
import { declareEvidence } from './evidence.ts';
import { EXIT, fail } from './failure.ts';
import { LISTINGS, limit } from './listings.ts';
import { integer } from './options.ts';
import { declarePageEdits } from './pages.ts';
import { declareRelay } from './relaying.ts';

export { unwritten } from './failure.ts';

/** The command line. Commands are loaded when they are called: asking for one costs only its own modules. */
export function createProgram(exit: (code: number) => void): Command {
  const program = new Command('daybook')
    .description('Tracks chronicle pages: what is on a page now, what was removed, and when each event happened.')
    .version(VERSION)
    .showHelpAfterError('(see --help)')
    .exitOverride()
    .hook('preAction', (_, called) => {
      withoutEmptyVariables(called);
      checkDeployed(called);
    });
  const json = () => new Option('--json', 'write JSON for machines');
  const data = () =>
    new Option('--data <folder>', 'folder of the local history').env('DAYBOOK_DATA').default('.daybook');
  const token = (description: string) => new Option('--token <token>', description).env('DAYBOOK_TOKEN');
  const command = (usage: string, description: string) =>
    program.command(usage).description(description).exitOverride();
  const query = (usage: string, description: string) =>
    withDeployed(
      command(usage, description)
        .addOption(new Option('--server <url>', 'ask a deployed or running reader').env('DAYBOOK_SERVER'))
        .addOption(token('token of that reader'))
        .addOption(data()),
    ).addOption(json());

  const serving = (usage: string, description: string) =>
    command(usage, description)
      .addOption(data())
      .addOption(
        new Option('--port <n>', 'port of the reader')
          .env('DAYBOOK_PORT')
          .argParser(integer('--port', 0, 65_535))
          .default(LOCAL_PORT),
      )
      .addOption(
        new Option('--host <address>', 'address that the reader listens on; beyond this machine it needs a token')
          .env('DAYBOOK_HOST')
          .default('127.0.0.1'),
      )
      .addOption(
        new Option('--public-url <url>', 'address that people type; links and alerts begin with it').env(
          'DAYBOOK_PUBLIC_URL',
        ),
      )
      .addOption(token('token of a reader that others may reach; one is made without it'))
      .addOption(json());

  command('extract', 'print what Daybook reads in one page: paragraphs, mentions, dates')
    .argument('<file|url>', 'an HTML file, or the address of a page')
    .option('--url <url>', 'where the file came from')
    .option('--at <instant>', 'when it was seen (ISO 8601)')
    .addOption(json())
    .action(async (source, options) =>
      exit(await (await import('./commands/watch/extract.ts')).extract(source, options)),
    );

  command('replay', 'run captures through the pipeline, into a temporary store')
    .argument('<folder|warc>', 'a folder of captures (with or without meta.json), or a WARC file')
    .addOption(json())
    .action(async (source, options) =>
      exit(await (await import('./commands/watch/replay.ts')).replay(source, options)),
    );

  serving('up', 'track pages on this machine and serve the reader')
    .argument('[urls...]', 'pages to track from now on, in addition to those tracked before')
    .addOption(new Option('--config <file>', 'track the pages of a configuration file instead').env('DAYBOOK_CONFIG'))
    .option('--once', 'check due pages once, then exit')
    .action(async (urls, options) => exit(await (await import('./commands/watch/up.ts')).up(urls, options)));

  serving('serve', 'serve the reader of a local history, and track nothing').action(async (options) =>
    exit(await (await import('./commands/watch/serve.ts')).serve(options)),
  );

  declareRelay(command('relay', 'fetch pages of hosts that refuse AWS from here, for a deployed store'), exit);

  command('demo', 'a demonstration on a made-up page, without network or account')
    .option('--keep <folder>', 'keep the demo history in a folder')
    .option('--stay', 'keep the reader running at the end')
    .addOption(json())
    .action(async (options) => exit(await (await import('./commands/watch/demo.ts')).demo(options)));

  for (const listing of LISTINGS) {
    const declared = listing.declare(query(listing.name, listing.description));
    declared.action(async () => {
      const { listing: ask } = await import('./commands/query/listing.ts');
      exit(await ask(listing, { page: declared.args[0], ...declared.opts() }));
    });
    if (listing.name === 'pages') declarePageEdits(declared, exit);
  }

  query('changes', 'what changed, in the order it was seen')
    .option('--page <id>', 'one page only')
    .option('--since <instant>', 'seen at or after (ISO 8601)')
    .option('--until <instant>', 'seen before (ISO 8601)')
    .option(
      '--kind <kind...>',
      'only these kinds: added, edited, redated, moved, split, merged, removed, restored, reordered',
    )
    .addOption(limit())
    .action(async (options) => exit(await (await import('./commands/query/changes.ts')).changes(options)));

  query('quarantine', 'captures in quarantine: kept as evidence, never used as the page')
    .argument('[page]', 'id of the page; all pages when left out')
    .addOption(limit())
    .action(async (page, options) =>
      exit(await (await import('./commands/query/quarantine.ts')).quarantine(page, options)),
    );

  query('show', 'the text of a page in one of its revisions')
    .argument('<page>', 'id of the page')
    .argument('[revision]', 'id, number, "latest", or an instant', 'latest')
    .option('--as-of <instant>', 'the revision at that time (ISO 8601)')
    .action(async (page, revision, options) =>
      exit(await (await import('./commands/query/show.ts')).show(page, revision, options)),
    );

  query('diff', 'what changed between two revisions of a page')
    .argument('<page>', 'id of the page')
    .argument('<from>', 'the older revision: its id, number, or an instant')
    .argument('[to]', 'the newer one, or "latest"', 'latest')
    .action(async (page, from, to, options) =>
      exit(await (await import('./commands/query/diff.ts')).diff(page, from, to, options)),
    );

  declareEvidence({ command, query, data, json, exit });
  return program;
}

/** Files of settings name a variable and leave it empty where it is not given. */
function withoutEmptyVariables(command: Command): void {
  for (const option of command.options) {
    const name = option.attributeName();
    if (option.envVar === undefined || process.env[option.envVar] !== '') continue;
    if (command.getOptionValueSource(name) === 'env') {
      command.setOptionValueWithSource(name, option.defaultValue, 'default');
    }
  }
}

/** Runs one command line and returns its exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  let code: number = EXIT.ok;
  const program = createProgram((result) => {
    code = result;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    // Commander has printed the message already; help and version exit with 0, all else is wrong usage.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    return fail(error, (text) => process.stderr.write(text));
  }
}
