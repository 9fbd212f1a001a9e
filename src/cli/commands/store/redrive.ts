import { counted } from '#app/counted.ts';
import { type Outcome, type RedriveStep, redrive } from '#app/redrive/redrive.ts';
import { oneLine } from '#core/text/hostile.ts';
import { type DeployedOptions, openDeployment } from '../../deployed.ts';
import { EXIT } from '../../failure.ts';
import { createOutput, type Output } from '../../output.ts';

export interface RedriveOptions extends DeployedOptions {
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

type Tally = Record<Outcome, number>;

/** Hands work that was given up over again: exit code 0, or 1 where a dead letter is kept. */
export async function redriveLetters(options: RedriveOptions): Promise<number> {
  const output = createOutput(options);
  const tally: Tally = { redriven: 0, settled: 0, kept: 0 };
  if (options.aws !== true) {
    if (output.json) output.value({ type: 'summary', ...tally });
    else output.line(LOCAL);
    return EXIT.ok;
  }
  const { dryRun = false } = options;
  const { composeRedrive } = await import('#adapters/aws/deployed/redrive.ts');
  const deps = composeRedrive(await openDeployment(options));
  output.progress('reading dead letters');
  for await (const step of redrive(deps, { dryRun })) {
    if (step.type === 'looked') output.progress(`looking for unsent alerts: ${step.pages} pages`);
    else {
      output.progress('');
      if (step.type === 'letter') tally[step.outcome] += 1;
      if (output.json) output.value(step);
      else output.line(step.type === 'letter' ? lineOf(output, step, dryRun) : alertsLine(step.pages, dryRun));
    }
  }
  output.progress('');
  if (output.json) output.value({ type: 'summary', dryRun, ...tally });
  else output.line(summaryOf(tally, dryRun));
  return tally.kept === 0 ? EXIT.ok : EXIT.bad;
}

const LOCAL =
  'Nothing is given up on one machine: "daybook up" does again what failed, with the next check of the page. --aws redrives the dead letters of what is deployed.';

type LetterStep = Extract<RedriveStep, { type: 'letter' }>;

function lineOf({ colour }: Output, step: LetterStep, dryRun: boolean): string {
  const { id, from, pages, outcome, why } = step;
  const failed = why === null ? '' : `; it had failed: ${oneLine(why)}`;
  if (outcome === 'kept') return `${colour.red('✗')} ${oneLine(`${from ?? 'letter'} ${id} is kept: ${why ?? ''}`)}`;
  const will = dryRun ? 'would be' : 'is';
  const done =
    from === 'ingest'
      ? `${will} called again for ${oneLine(pages.join(', '))}`
      : from === 'notify'
        ? `${will} settled: the alerts of its pages are sent`
        : `${will} settled: the next tick plans its pages`;
  return `${colour.green('✓')} ${from} ${done}${failed}`;
}

function alertsLine(pages: readonly string[], dryRun: boolean): string {
  if (pages.length === 0) return 'No page has unsent alerts.';
  const which = oneLine(pages.join(', '));
  return dryRun ? `Notify would be called for ${which}` : `Notify was called for ${which}`;
}

function summaryOf({ redriven, settled, kept }: Tally, dryRun: boolean): string {
  const all = redriven + settled + kept;
  if (all === 0) return 'There are no dead letters: no work was given up.';
  const letters = counted(all, 'dead letter');
  const how = `${redriven} redriven, ${settled} without work left, ${kept} kept`;
  return dryRun ? `${letters}, none touched. Without --dry-run: ${how}` : `${letters}: ${how}`;
}
