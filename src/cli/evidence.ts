import type { Command, Option } from 'commander';
import { withDeployed } from './deployed.ts';

/** What the declarations share with those of the other commands. */
export interface Declare {
  command(usage: string, description: string): Command;
  query(usage: string, description: string): Command;
  data(): Option;
  json(): Option;
  exit(code: number): void;
}

/** The commands that verify, export, rebuild, import, make tokens and find faults. Most need the whole store and open it themselves. */
export function declareEvidence({ command, query, data, json, exit }: Declare): void {
  const whole = (usage: string, description: string) =>
    withDeployed(command(usage, description).addOption(data())).addOption(json());

  whole('verify', 'check everything that is stored against the captures that it was made of')
    .argument('[page]', 'one page only')
    .action(async (page, options) =>
      exit(await (await import('./commands/store/verify.ts')).verifyStore(page, options)),
    );

  whole('export', 'write the stored history to a file')
    .requiredOption(
      '--format <format>',
      'warc (captures), json (everything, one object per line), csv or md (paragraphs)',
    )
    .option('--page <id>', 'one page only')
    .option('--from <time>', 'seen from this day, month, year or instant on')
    .option('--to <time>', 'seen up to this day, month, year or instant')
    .option('--out <file>', 'write a file instead of standard output')
    .action(async (options) => exit(await (await import('./commands/store/export.ts')).exportHistory(options)));

  whole('rebuild', 'build the history again from its captures')
    .option('--into <folder>', 'an empty data folder for the result')
    .option('--into-table <name>', 'with --aws: a new table for the result, for "daybook restore"')
    .option('--page <id>', 'one page only')
    .option('--continue', 'continue an interrupted rebuild')
    .action(async (options) => exit(await (await import('./commands/store/rebuild.ts')).rebuildHistory(options)));

  withDeployed(command('restore', 'make the deployed table equal to a copy of it'))
    .requiredOption('--from-table <name>', 'the copy that AWS restored, or a rebuilt table, of the same account')
    .option('--dry-run', 'show what would change, and change nothing')
    .option('--yes', 'do not ask')
    .option('--force', 'although functions are deployed that may write meanwhile')
    .addOption(json())
    .action(async (options) => exit(await (await import('./commands/store/restore.ts')).restore(options)));

  whole('reparse', 'read pages again after a parser upgrade')
    .argument('[page]', 'one page only')
    .action(async (page, options) =>
      exit(await (await import('./commands/store/reparse.ts')).reparsePages(page, options)),
    );

  whole('import', 'import captures from WARC files, folders or a web archive')
    .argument('[source]', 'a .warc or .warc.gz file, or a folder of captures')
    .option('--wayback <url>', 'import the captures of this page from the Wayback Machine')
    .option('--from <time>', 'archived from this day, month or year on')
    .option('--to <time>', 'archived up to this day, month or year')
    .option('--url <url>', 'only captures of this address')
    .option('--page <id>', 'id of the page that the captures belong to')
    .option('--file-times', 'use the file times as capture times in a folder without meta.json')
    .option('--cdx-base <url>', 'CDX API of another archive')
    .option('--replay-base <url>', 'replay address of another archive')
    .action(async (source, options) =>
      exit(await (await import('./commands/store/import.ts')).importCaptures(source, options)),
    );

  whole('token', 'make the token that opens a reader, and show it once')
    .option('--rotate', 'make another one in the place of one that is there')
    .action(async (options) => exit(await (await import('./commands/store/token.ts')).makeToken(options)));

  whole('doctor', 'check what tracks the pages, and say what to do about what is wrong')
    .option('--config <file>', 'the configuration in use: what the folder tracks, or daybook.config.ts with --aws')
    .option('--offline', 'ask no host of a watched page')
    .option('--report <file>', 'write a report that can be sent to others; - writes it in place of the answer')
    .action(async (options) => exit(await (await import('./commands/watch/doctor.ts')).doctor(options)));

  whole('redrive', 'hand work that was given up over again: the dead letters of what is deployed')
    .option('--dry-run', 'show what would be done, and do nothing')
    .action(async (options) => exit(await (await import('./commands/store/redrive.ts')).redriveLetters(options)));

  query('explain', 'explain the date of a paragraph, with its proof')
    .argument('<page>', 'id of the page')
    .argument('[what]', 'part of the paragraph, its id, or an event date')
    .option('--as-of <instant>', 'the page as it was at that time (ISO 8601)')
    .action(async (page, what, options) =>
      exit(await (await import('./commands/query/explain.ts')).explain(page, what, options)),
    );
}
