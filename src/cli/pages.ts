import { type Command, Option } from 'commander';
import { UsageError } from '#core/errors.ts';
import { LONGEST_PAUSE_MINUTES } from '#core/schedule/interval.ts';
import { withRights } from './deployed.ts';
import { integer } from './options.ts';

/**
 * The commands that change the list of pages, under `daybook pages`. They take `--data`, `--aws`, `--stage` and `--json` from it, so that an
 * option means the same before and after the name of the command.
 */
export function declarePageEdits(pages: Command, exit: (code: number) => void): void {
  const edit = (usage: string, description: string) =>
    withRights(pages.command(usage).description(description))
      .exitOverride()
      .configureHelp({ showGlobalOptions: true })
      .addOption(new Option('--config <file>', 'with --aws: the deployed configuration (default: daybook.config.ts)'));
  const run = async (input: object, command: Command) => {
    if (pages.getOptionValueSource('server') === 'cli') {
      throw new UsageError('--server: a reader cannot be changed; use --data, or --aws for a deployed store');
    }
    const { editPages } = await import('./commands/store/pages.ts');
    exit(await editPages(input, command.optsWithGlobals()));
  };

  edit('add', 'track a page or a series that the configuration does not name, of an allowed host')
    .argument('<url|pattern>', 'address of the page; of a series with {yyyy} and {MM} in the place of the month')
    .option('--id <id>', 'id of the page or series; made of the address when left out')
    .option('--name <name>', 'shown instead of its title')
    .option('--rolling', 'page: the whole content is replaced at each issue')
    .option('--every <minutes>', 'page: longest pause between two checks', integer('--every', 5, LONGEST_PAUSE_MINUTES))
    .option('--from <month>', 'series: its first month (YYYY-MM)')
    .option('--until <month>', 'series: its last month; none when left out')
    .option('--hub <page>', 'series: id of the page that links to its members')
    .action(async (address, options, command) => run(additionOf(address, options), command));

  for (const [action, description] of [
    ['remove', 'no longer track an added page or series; its history stays readable'],
    ['pause', 'check a page, or the pages of an added series, no more until it is resumed'],
    ['resume', 'check a paused page or series again'],
  ] as const) {
    edit(action, description)
      .argument('<id>', 'id of the page or series')
      .action(async (id, _, command) => run({ action, id }, command));
  }

  edit('rename', 'show an added page or series under another name')
    .argument('<id>', 'id of the page or series')
    .argument('<name>', 'the name')
    .action(async (id, name, _, command) => run({ action: 'rename', id, name }, command));
}

interface AddOptions {
  readonly id?: string;
  readonly name?: string;
  readonly rolling?: boolean;
  readonly every?: number;
  readonly from?: string;
  readonly until?: string;
  readonly hub?: string;
}

/** A pattern has braces; months and a hub have no meaning for a page. */
function additionOf(address: string, { id, name, rolling, every, from, until, hub }: AddOptions): object {
  const ofSeries = { from, until, hub };
  const isSeries = /[{}]/.test(address) || Object.values(ofSeries).some((value) => value !== undefined);
  if (!isSeries) return { action: 'add', url: address, id, name, rolling, every };
  if (rolling !== undefined || every !== undefined) {
    throw new UsageError(`--rolling and --every are for a page, and "${address}" is added as a series: leave them out`);
  }
  return { action: 'add-series', pattern: address, id, name, ...ofSeries };
}
