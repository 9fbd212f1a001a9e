import type { AlertRules } from '../config.ts';
import type { ChangeRecord, RevisionRecord } from '../history/types.ts';

/** Why a change was not sent. Stable strings: they are stored. */
export type SuppressionReason = 'first-sight' | 'technical' | 'cosmetic' | 'moved' | 'no-keyword';

export interface Decision {
  /** The changes to notify of, in order. */
  readonly notify: readonly ChangeRecord[];
  /** The others, in order, each with its reason. */
  readonly suppressed: readonly { readonly seq: number; readonly reason: SuppressionReason }[];
}

/** The default rules of a page, which `replay` uses too. */
export const DEFAULT_RULES: AlertRules = { firstSight: false, cosmetic: false, moves: false, keywords: [] };

/** Divides the changes of a revision into those to notify of and those to suppress. */
export function decide(
  revision: Pick<RevisionRecord, 'number' | 'technical'>,
  changes: readonly ChangeRecord[],
  rules: AlertRules,
): Decision {
  const notify: ChangeRecord[] = [];
  const suppressed: { seq: number; reason: SuppressionReason }[] = [];
  const keywords = rules.keywords.map((word) => word.toLowerCase());
  for (const change of changes) {
    const reason = suppressionReason(revision, change, rules, keywords);
    if (reason === null) notify.push(change);
    else suppressed.push({ seq: change.seq, reason });
  }
  return { notify, suppressed };
}

function suppressionReason(
  revision: Pick<RevisionRecord, 'number' | 'technical'>,
  change: ChangeRecord,
  rules: AlertRules,
  keywords: readonly string[],
): SuppressionReason | null {
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
