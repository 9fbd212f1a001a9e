import type { AlertRules } from '../config.ts';
import type { ChangeRecord, RevisionRecord } from '../history/types.ts';

/** Why a change was not sent. Stable strings: they are stored. */
export type WithheldReason = 'first-sight' | 'technical' | 'cosmetic' | 'moved' | 'no-keyword';

export interface Decision {
  /** The changes to tell, in order. */
  readonly tell: readonly ChangeRecord[];
  /** One entry for each of the others. */
  readonly suppressed: readonly { readonly seq: number; readonly reason: WithheldReason }[];
}

/** Rules under which `replay` says whether a capture would alert. */
export const DEFAULT_RULES: AlertRules = { firstSight: false, cosmetic: false, moves: false, keywords: [] };

/** Decides for every change of a revision whether people are told. Each change is either told or has a reason. */
export function decide(
  revision: Pick<RevisionRecord, 'number' | 'technical'>,
  changes: readonly ChangeRecord[],
  rules: AlertRules,
): Decision {
  const tell: ChangeRecord[] = [];
  const suppressed: { seq: number; reason: WithheldReason }[] = [];
  const keywords = rules.keywords.map((word) => word.toLowerCase());
  for (const change of changes) {
    const reason = suppressionReason(revision, change, rules, keywords);
    if (reason === null) tell.push(change);
    else suppressed.push({ seq: change.seq, reason });
  }
  return { tell, suppressed };
}

function suppressionReason(
  revision: Pick<RevisionRecord, 'number' | 'technical'>,
  change: ChangeRecord,
  rules: AlertRules,
  keywords: readonly string[],
): WithheldReason | null {
  if (revision.technical) return 'technical';
  if (revision.number === 1 && !rules.firstSight) return 'first-sight';
  if (!rules.cosmetic && change.kind === 'edited' && change.substance === 'cosmetic') return 'cosmetic';
  if (!rules.moves && (change.kind === 'moved' || change.kind === 'reordered')) return 'moved';
  if (keywords.length > 0 && !mentions(change, keywords)) return 'no-keyword';
  return null;
}

function mentions(change: ChangeRecord, keywords: readonly string[]): boolean {
  const texts = [...change.before, ...change.after].map((ref) => ref.text.toLowerCase());
  return keywords.some((word) => texts.some((text) => text.includes(word)));
}
