import { errorFields } from '../error-fields.ts';
import { DAYBOOK } from '../notify/bulletin-record.ts';
import { addressAll, type DaybookDeps, type DaybookRules } from './daybook.ts';
import { type SettleInput, settleHosts } from './settle-hosts.ts';
import { type RelayRules, reportUnrelayed } from './unrelayed.ts';

export type NoticesDeps = DaybookDeps;

/** With `bounds` and `relayed` where pages may be relayed. */
export interface NoticesInput extends SettleInput, Partial<Pick<RelayRules, 'bounds' | 'relayed'>> {
  /** Absent: nothing is said of all pages together. */
  readonly daybook?: DaybookRules;
}

/**
 * Adds the messages about several pages that a tick finds due. Their flips start `notify`. Never throws: what could not be
 * done is logged, and the next tick tries it again.
 * @returns the bulletins that were written
 */
export async function giveNotices(deps: NoticesDeps, input: NoticesInput): Promise<string[]> {
  const { bounds, relayed } = input;
  const settled = await settleHosts(deps, input);
  const stopped =
    bounds === undefined || relayed === undefined ? [] : await reportUnrelayed(deps, { ...input, bounds, relayed });
  return [...new Set([...settled, ...stopped, ...(await aboutAll(deps, input))])];
}

async function aboutAll(deps: NoticesDeps, input: NoticesInput): Promise<string[]> {
  const { daybook } = input;
  if (daybook === undefined) return [];
  try {
    return (await addressAll(deps, { ...input, ...daybook })) ? [DAYBOOK] : [];
  } catch (error) {
    deps.log.warn('the message about all pages was not written', errorFields(error));
    return [];
  }
}
