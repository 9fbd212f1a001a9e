/** Lines of a difference that are printed; the rest is counted. */
const SHOWN = 8;
const WIDTH = 160;

/**
 * Where two values made of plain objects, arrays and scalars differ: a line a place, the first few of them. Empty when
 * they are equal. A property that is undefined is one that is not there.
 */
export function difference(expected: unknown, actual: unknown): string[] {
  const lines = [...differences('', expected, actual)];
  if (lines.length <= SHOWN) return lines;
  return [...lines.slice(0, SHOWN), `and ${lines.length - SHOWN} more`];
}

function* differences(path: string, expected: unknown, actual: unknown): Generator<string> {
  if (Object.is(expected, actual)) return;
  if (Array.isArray(expected) && Array.isArray(actual) && expected.length !== actual.length) {
    yield* inLists(path, expected, actual);
  } else if (isTree(expected) && isTree(actual) && Array.isArray(expected) === Array.isArray(actual)) {
    for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
      yield* differences(path === '' ? key : `${path}.${key}`, expected[key], actual[key]);
    }
  } else {
    yield `${path}: ${short(actual)} instead of ${short(expected)}`;
  }
}

/** Lists of unequal length: what is missing and what is there too often, by content, wherever it is. */
function* inLists(path: string, expected: readonly unknown[], actual: readonly unknown[]): Generator<string> {
  yield `${path}: ${actual.length} entries instead of ${expected.length}`;
  const surplus = new Map<string, number>();
  for (const one of actual) count(surplus, one, 1);
  for (const one of expected) count(surplus, one, -1);
  for (const [text, times] of surplus) {
    if (times < 0) yield `${path}: lost ${short(text)}`;
    if (times > 0) yield `${path}: ${times > 1 ? `${times} times ` : ''}too many ${short(text)}`;
  }
}

function count(counts: Map<string, number>, one: unknown, by: number): void {
  const text = typeof one === 'string' ? one : JSON.stringify(one);
  counts.set(text, (counts.get(text) ?? 0) + by);
}

function isTree(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function short(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  return text.length <= WIDTH ? text : `${text.slice(0, WIDTH)}…`;
}
