import { type Command, Option } from 'commander';
import { UsageError } from '#core/errors.ts';
import { LONGEST_PAUSE_MINUTES } from '#core/schedule/interval.ts';
import { integer } from './options.ts';

/**
 * The commands that change the list of pages, under `daybook pages`. They take `--data` and `--json` from it, so that an
 * option means the same before and after the name of the command.
 */
export function declarePageEdits(pages: Command, exit: (code: number) => void): void {
  const edit = (usage: string, description: string) =>
    pages
      .command(usage)
      .description(description)
      .exitOverride()
      .configureHelp({ showGlobalOptions: true })
      .addOption(new Option('--aws', 'change the deployed store that DAYBOOK_TABLE and DAYBOOK_BUCKET name'))
      .addOption(new Option('--config <file>', 'with --aws: the deployed configuration (default: daybook.config.ts)'));
  const run = async (input: object, command: Command) => {
    if (pages.getOptionValueSource('server') === 'cli') {
      throw new UsageError('--server: a reader cannot be changed; use --data, or --aws for a deployed store');
    }
    const { editPages } = await import('./commands/store/pages.ts');
    exit(await editPages(input, command.optsWithGlobals()));
  };

  edit('add', 'track a page that the configuration does not name, of an allowed host')
    .argument('<url>', 'address of the page')
    .option('--id <id>', 'id of the page; made of the address when left out')
    .option('--name <name>', 'shown instead of its title')
    .option('--rolling', 'the whole content is replaced at each issue')
    .option('--every <minutes>', 'longest pause between two checks', integer('--every', 5, LONGEST_PAUSE_MINUTES))
    .action(async (url, { id, name, rolling, every }, command) =>
      run({ action: 'add', url, id, name, rolling, every }, command),
    );

  for (const [action, description] of [
    ['remove', 'no longer track an added page; its history stays readable'],
    ['pause', 'check a page no more until it is resumed'],
    ['resume', 'check a paused page again'],
  ] as const) {
    edit(action, description)
      .argument('<id>', 'id of the page')
      .action(async (id, _, command) => run({ action, id }, command));
  }

  edit('rename', 'show an added page under another name')
    .argument('<id>', 'id of the page')
    .argument('<name>', 'the name')
    .action(async (id, name, _, command) => run({ action: 'rename', id, name }, command));
}
