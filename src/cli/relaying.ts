import { type Command, Option } from 'commander';
import { withDeployed } from './deployed.ts';
import { integer } from './options.ts';

/** The command that brings captures from here to a deployed store. */
export function declareRelay(command: Command, exit: (code: number) => void): void {
  const declared = withDeployed(
    command
      .option('--config <file>', 'the deployed configuration (default: daybook.config.ts)')
      .addOption(
        new Option('--every <minutes>', 'keep running, with this pause between two checks of a page').argParser(
          integer('--every', 1, 43_200),
        ),
      )
      .option('--once', 'ask what is due once, then exit')
      .option('--page <id...>', 'only these pages, at once')
      .addOption(
        new Option('--server <url>', 'the deployed reader, asked for the pages that commands added').env(
          'DAYBOOK_SERVER',
        ),
      )
      .addOption(new Option('--token <token>', 'token of that reader').env('DAYBOOK_TOKEN'))
      .addOption(new Option('--json', 'write JSON for machines')),
  );
  declared.action(async (options) => exit(await (await import('./commands/watch/relay.ts')).relay(options)));
}
