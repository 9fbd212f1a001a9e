import type { Deployment } from '#adapters/aws/deployed/deployment.ts';
import { expectHistory, expectUsable } from '#app/restore/expect-copy.ts';
import { planRestore, type RestorePlan, type RestoreProgress, restoreTable } from '#app/restore/restore.ts';
import { judgeWaiting } from '#app/restore/waiting.ts';
import { UsageError } from '#core/errors.ts';
import { deployCommand, ENV, PARSER_VERSION } from '#core/names.ts';
import { oneLine } from '#core/text/hostile.ts';
import { confirmed } from '../../confirm.ts';
import { type DeployedOptions, openDeployment } from '../../deployed.ts';
import { EXIT } from '../../failure.ts';
import { createOutput, type Output } from '../../output.ts';

export interface RestoreOptions extends DeployedOptions {
  readonly fromTable: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
}

/**
 * Makes the deployed table equal to another table of the same account (a point-in-time copy, or a rebuilt one), then judges
 * the captures that came after it. Sends no alert.
 */
export async function restore(options: RestoreOptions): Promise<number> {
  const { aws, fromTable, dryRun = false, yes = false, force = false } = options;
  if (aws !== true) {
    throw new UsageError(
      'restore needs --aws: on one machine, put a copy of the data folder back, or make the table again with "daybook rebuild"',
    );
  }
  const output = createOutput(options);
  const deployment = await openDeployment(options);
  const { outputOf } = await import('#adapters/aws/deployed/deployment.ts');
  const name = outputOf(deployment.state, 'TableName');
  const bucket = outputOf(deployment.state, 'BucketName');
  expectNoOther(name);
  const { composeStore } = await import('#adapters/aws/compose.ts');
  const { composeTables } = await import('#adapters/aws/deployed/tables.ts');
  const tables = composeTables();
  try {
    expectUsable(
      { name: fromTable, shape: await tables.whole.look(fromTable) },
      { name, shape: await tables.whole.look(name) },
    );
    const copy = tables.open(fromTable);
    const table = tables.open(name);
    const deps = { copy: copy.items, table: table.items, copied: copy.history, history: table.history };
    const report = (progress: RestoreProgress) => output.progress(`${progress.what}: ${progress.done} items`);
    const plan = await planRestore(deps, report);
    output.progress('');
    await expectHistory(fromTable, copy.history, plan);
    show(output, plan, name, fromTable);
    if (dryRun) return EXIT.ok;
    if (!force) expectQuiet(deployment);
    if (!yes && !(await confirmed(`Make ${name} equal to ${fromTable}?`))) {
      output.line('Nothing was changed');
      return EXIT.bad;
    }
    await restoreTable(deps, report);
    output.progress('');
    await judge(output, composeStore({ table: name, bucket }));
    finish(output, deployment, fromTable);
    return EXIT.ok;
  } finally {
    tables.close();
  }
}

/** What the environment names must be what is written to. */
function expectNoOther(table: string): void {
  const named = process.env[ENV.table] || table;
  if (named === table) return;
  throw new UsageError(
    `${ENV.table} is ${named}, and the stack has the table ${table}, which a restore writes to: unset it`,
  );
}

/** The functions would write into both histories. */
function expectQuiet({ service }: Deployment): void {
  if (service === null) return;
  throw new UsageError(
    `The stack ${service.name} is there (${service.status}), and its functions write to the table: delete it first with "aws cloudformation delete-stack --stack-name ${service.name}", wait until it is gone, and deploy it again afterwards. It holds no history. --force restores beside it`,
    { code: 'in-service' },
  );
}

function show(output: Output, plan: RestorePlan, name: string, fromTable: string): void {
  if (output.json) {
    const { damaged: _, examples: __, ...counts } = plan;
    output.value({ type: 'plan', table: name, from: fromTable, ...counts });
    return;
  }
  output.line(`Table ${oneLine(name)}, from ${oneLine(fromTable)} with ${plan.pages} pages:`);
  output.line(`  ${plan.same} items are the same`);
  output.line(`  ${plan.missing} are missing and will be written, ${plan.different} differ and will be replaced`);
  output.line(`  ${plan.surplus} are not in the copy and will be removed`);
  if (plan.kept > 0)
    output.line(`  ${plan.kept} records of alerts about what the copy has stay, so that none is sent twice`);
}

async function judge(
  output: Output,
  store: Pick<Parameters<typeof judgeWaiting>[0], 'history' | 'objects'>,
): Promise<void> {
  let judged = 0;
  for await (const { pageId, captures, revisions, changes } of judgeWaiting({
    ...store,
    parser: PARSER_VERSION,
    now: () => new Date(),
  })) {
    judged += captures;
    if (output.json) output.value({ type: 'page', page: pageId, captures, revisions, changes });
    else output.line(`${oneLine(pageId)}  ${captures} later captures: ${revisions} revisions with ${changes} changes`);
  }
  if (!output.json) output.line(`${judged} captures that came after the copy were judged; no alert is sent for them`);
}

function finish(output: Output, { state, stage, service }: Deployment, fromTable: string): void {
  if (output.json) {
    output.value({ type: 'summary', restored: true });
    return;
  }
  const at = stage === null ? '' : ` --stage ${stage}`;
  output.line(
    `The table of ${state.name} is restored. Now: "daybook verify --aws${at}"${service === null ? `, "${deployCommand(stage)}"` : ''}`,
  );
  output.line(output.colour.dim(`Then delete the copy: aws dynamodb delete-table --table-name ${oneLine(fromTable)}`));
}
