import { UsageError } from '#core/errors.ts';
import { ageOf, refusalOf } from '#core/store-format.ts';
import { StoredDataError, StoreFormatError } from '../errors.ts';
import type { HistoryStore } from '../ports.ts';
import { THIS_FORMAT } from '../store-format.ts';
import type { TableShape } from './ports.ts';
import type { RestorePlan } from './restore.ts';

/** A table and what it looks like; null where there is none of that name. */
export interface Looked {
  readonly name: string;
  readonly shape: TableShape | null;
}

/** Looks at the copy from outside. @throws UsageError that says what to do, where it cannot be used */
export function expectUsable(copy: Looked, table: Looked): void {
  if (table.shape === null)
    throw refused('no-table', `There is no deployed table ${table.name}: deploy the stacks first`);
  if (copy.shape === null)
    throw refused(
      'no-copy',
      `There is no table ${copy.name} in this account and region: see docs/restoring.md, which makes one`,
    );
  if (copy.shape.arn === table.shape.arn)
    throw refused('same-table', `${copy.name} is the deployed table itself: name the copy that AWS made of it`);
  if (copy.shape.status !== 'ACTIVE')
    throw refused(
      'not-ready',
      `AWS is not done with table ${copy.name} yet (${copy.shape.status}): wait some minutes and try again`,
    );
  if (copy.shape.keys.join() !== table.shape.keys.join())
    throw refused(
      'other-keys',
      `Table ${copy.name} has the keys ${copy.shape.keys.join(', ')}, a table of Daybook has ${table.shape.keys.join(', ')}: name a copy of the deployed table`,
    );
}

/** Looks into the copy. @throws StoreFormatError where another version wrote it, StoredDataError where it holds no history or a damaged one */
export async function expectHistory(
  name: string,
  copied: Pick<HistoryStore, 'format'>,
  plan: Pick<RestorePlan, 'pages' | 'damaged' | 'examples'>,
): Promise<void> {
  if (plan.pages === 0) throw new StoredDataError(`Table ${name} holds no pages: name a copy of the deployed table`);
  const format = await copied.format();
  if (format === null)
    throw new StoredDataError(
      `Table ${name} does not say which format it has: take a copy of another instant, or see "The store has another format" in docs/runbook.md`,
    );
  if (ageOf(format, THIS_FORMAT) !== 'current')
    throw new StoreFormatError(
      refusalOf(format, THIS_FORMAT, `table ${name}`, 'use "daybook rebuild --aws --into-table" instead'),
    );
  if (plan.damaged > 0)
    throw new StoredDataError(
      `${plan.damaged} items of table ${name} are damaged (${plan.examples.join('; ')}): take a copy of an earlier instant, or make the table again with "daybook rebuild --aws --into-table"`,
    );
}

const refused = (code: string, message: string) => new UsageError(message, { code });
