import { type SettleInput, settleHosts } from './settle-hosts.ts';

export type NoticesDeps = Parameters<typeof settleHosts>[0];
export type NoticesInput = SettleInput;

/**
 * Adds the messages about several pages that a tick finds due. Their flips start `notify`. Fails never: what could not be
 * done is logged, and the next tick tries it again.
 * @returns the bulletins with a new message
 */
export async function giveNotices(deps: NoticesDeps, input: NoticesInput): Promise<string[]> {
  return settleHosts(deps, input);
}
