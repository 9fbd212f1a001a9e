import { errorFields } from '../error-fields.ts';
import { type DaybookDeps, type DaybookRules, writeAboutAll } from './all-pages.ts';
import { DAYBOOK } from './record.ts';
import { type SettleInput, settleHosts } from './settle-hosts.ts';
import { type RelayRules, writeUnrelayed } from './unrelayed.ts';

export type DueMessagesDeps = DaybookDeps;

/** With `bounds` and `relayed` where pages may be relayed. */
export interface DueMessagesInput extends SettleInput, Partial<Pick<RelayRules, 'bounds' | 'relayed'>> {
  /** Absent: nothing is said of all pages together. */
  readonly daybook?: DaybookRules;
}

/**
 * Adds the messages about several pages that a tick finds due. Their flips start `notify`. Never throws: what could not be
 * done is logged, and the next tick tries it again.
 * @returns the bulletins that were written
 */
export async function writeDueMessages(deps: DueMessagesDeps, input: DueMessagesInput): Promise<string[]> {
  const { bounds, relayed } = input;
  const settled = await settleHosts(deps, input);
  const stopped =
    bounds === undefined || relayed === undefined ? [] : await writeUnrelayed(deps, { ...input, bounds, relayed });
  return [...new Set([...settled, ...stopped, ...(await aboutAll(deps, input))])];
}

async function aboutAll(deps: DueMessagesDeps, input: DueMessagesInput): Promise<string[]> {
  const { daybook } = input;
  if (daybook === undefined) return [];
  try {
    return (await writeAboutAll(deps, { ...input, ...daybook })) ? [DAYBOOK] : [];
  } catch (error) {
    deps.log.warn('the message about all pages was not written', errorFields(error));
    return [];
  }
}
