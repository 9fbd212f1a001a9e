import { type Command, Option } from 'commander';

/** What the declarations share with those of the other commands. */
export interface Declare {
  command(usage: string, description: string): Command;
  query(usage: string, description: string): Command;
  data(): Option;
  json(): Option;
  exit(code: number): void;
}

/** The commands that prove, keep and bring in: those that need the whole store open it themselves. */
export function declareEvidence({ command, query, data, json, exit }: Declare): void {
  const whole = (usage: string, description: string) =>
    command(usage, description)
      .addOption(data())
      .addOption(new Option('--aws', 'the deployed store instead: DAYBOOK_TABLE and DAYBOOK_BUCKET name it'))
      .addOption(json());

  whole('verify', 'hold everything that is stored against what it rests on')
    .argument('[page]', 'one page only')
    .action(async (page, options) =>
      exit(await (await import('./commands/store/verify.ts')).verifyStore(page, options)),
    );

  whole('export', 'the stored history as a file')
    .requiredOption('--format <format>', 'warc (captures), json (all, a line each), csv or md (what the page says)')
    .option('--page <id>', 'one page only')
    .option('--from <time>', 'seen from this day, month, year or instant on')
    .option('--to <time>', 'seen up to this day, month, year or instant')
    .option('--out <file>', 'write a file instead of standard output')
    .action(async (options) => exit(await (await import('./commands/store/export.ts')).exportHistory(options)));

  whole('rebuild', 'make the history anew from its captures')
    .option('--into <folder>', 'into an empty data folder, beside the one that it is made from')
    .option('--page <id>', 'one page only')
    .option('--continue', 'go on with a rebuild that was ended')
    .action(async (options) => exit(await (await import('./commands/store/rebuild.ts')).rebuildHistory(options)));

  whole('reparse', 'read pages again after an upgrade of the parser')
    .argument('[page]', 'one page only')
    .action(async (page, options) =>
      exit(await (await import('./commands/store/reparse.ts')).reparsePages(page, options)),
    );

  whole('import', 'captures of somebody else: WARC files, folders, a web archive')
    .argument('[source]', 'a .warc or .warc.gz file, or a folder of captures')
    .option('--wayback <url>', 'what the Wayback Machine has of this page')
    .option('--from <time>', 'archived from this day, month or year on')
    .option('--to <time>', 'archived up to this day, month or year')
    .option('--url <url>', 'only captures of this address')
    .option('--page <id>', 'the page that they belong to')
    .option('--file-times', 'the files of a folder without meta.json were written when they were fetched')
    .option('--cdx-base <url>', 'where another archive lists its captures (CDX API)')
    .option('--replay-base <url>', 'where another archive replays them')
    .action(async (source, options) =>
      exit(await (await import('./commands/store/import.ts')).importCaptures(source, options)),
    );

  query('explain', 'why a paragraph has its date, and the proof')
    .argument('<page>', 'id of the page')
    .argument('[what]', 'part of the paragraph, its id, or an event date')
    .option('--as-of <instant>', 'as the page said at that time (ISO 8601)')
    .action(async (page, what, options) =>
      exit(await (await import('./commands/query/explain.ts')).explain(page, what, options)),
    );
}
