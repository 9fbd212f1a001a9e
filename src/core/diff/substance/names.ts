/** What a name may gain or lose and still name the same place or people. */
const NAME_ENDINGS = new Set(["'s", '\u2019s', 's', 'n', 'an', 'ian', 'ese', 'ish', 'i']);

function ending(a: string, b: string): string | null {
  if (a.startsWith(b)) return a.slice(b.length);
  return b.startsWith(a) ? b.slice(a.length) : null;
}

/** Whether two names differ by an ending only: "Russia" and "Russian", but not "Niger" and "Nigeria". */
export function isSameName(a: string, b: string): boolean {
  const rest = ending(a, b);
  return rest !== null && NAME_ENDINGS.has(rest);
}
