import { errorFields } from '../error-fields.ts';
import { DAYBOOK } from '../notify/bulletin-record.ts';
import { addressAll, type DaybookDeps, type DaybookRules } from './daybook.ts';
import { type SettleInput, settleHosts } from './settle-hosts.ts';

export type NoticesDeps = DaybookDeps;

export interface NoticesInput extends SettleInput {
  /** Absent: nothing is said of all pages together. */
  readonly daybook?: DaybookRules;
}

/**
 * Adds the messages about several pages that a tick finds due. Their flips start `notify`. Never throws: what could not be
 * done is logged, and the next tick tries it again.
 * @returns the bulletins that were written
 */
export async function giveNotices(deps: NoticesDeps, input: NoticesInput): Promise<string[]> {
  const { daybook } = input;
  const hosts = await settleHosts(deps, input);
  if (daybook === undefined) return hosts;
  try {
    return (await addressAll(deps, { ...input, ...daybook })) ? [...hosts, DAYBOOK] : hosts;
  } catch (error) {
    deps.log.warn('the message about all pages was not written', errorFields(error));
    return hosts;
  }
}
