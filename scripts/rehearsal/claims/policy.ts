/** A call as IAM judges it. */
export interface Call {
  readonly action: string;
  readonly resource: string;
  /** Condition keys that the call has; `aws:SecureTransport` is true where nothing else is given. */
  readonly context?: Readonly<Record<string, string>>;
  /** Who calls, as resource policies name it: `{ Service: 'scheduler.amazonaws.com' }`. */
  readonly principal?: Readonly<Record<string, string>>;
}

export interface Statement {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Principal?: '*' | Readonly<Record<string, string | readonly string[]>>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export type Decision = 'allow' | 'deny' | 'silent';

const SECURE = { 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.3' };

/** What statements say of a call: a Deny that fits wins over every Allow, and silence is a refusal too. */
export function decide(statements: readonly Statement[], call: Call): Decision {
  const fitting = statements.filter((statement) => fits(statement, call));
  if (fitting.some(({ Effect }) => Effect === 'Deny')) return 'deny';
  return fitting.some(({ Effect }) => Effect === 'Allow') ? 'allow' : 'silent';
}

function fits(statement: Statement, call: Call): boolean {
  const { Action, NotAction, Resource, Principal, Condition } = statement;
  const named = listed(Action ?? NotAction).some((pattern) => glob(pattern.toLowerCase(), call.action.toLowerCase()));
  if (named !== (Action !== undefined)) return false;
  // A trust policy names no resource: it belongs to its role.
  if (Resource !== undefined && !listed(Resource).some((pattern) => glob(pattern, call.resource))) return false;
  if (Principal !== undefined && !isPrincipal(Principal, call.principal)) return false;
  return conditionsHold(Condition ?? {}, { ...SECURE, ...call.context });
}

function isPrincipal(allowed: NonNullable<Statement['Principal']>, caller: Call['principal'] = {}): boolean {
  if (allowed === '*') return true;
  return Object.entries(allowed).some(([kind, names]) =>
    listed(names).some((name) => (name === '*' && kind === 'AWS') || name === caller[kind]),
  );
}

function conditionsHold(conditions: NonNullable<Statement['Condition']>, context: Record<string, string>): boolean {
  const values = new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), value]));
  return Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, expected]) => holds(operator, listed(expected), values.get(key.toLowerCase()))),
  );
}

const COMPARED: Readonly<Record<string, (expected: string, actual: string) => boolean>> = {
  StringEquals: (expected, actual) => expected === actual,
  StringEqualsIgnoreCase: (expected, actual) => expected.toLowerCase() === actual.toLowerCase(),
  StringLike: glob,
  ArnEquals: arnLike,
  ArnLike: arnLike,
  Bool: (expected, actual) => expected.toLowerCase() === actual.toLowerCase(),
  NumericLessThan: (expected, actual) => Number(actual) < Number(expected),
  NumericGreaterThanEquals: (expected, actual) => Number(actual) >= Number(expected),
};

function holds(operator: string, expected: readonly string[], actual: string | undefined): boolean {
  if (operator === 'Null') return expected.includes(String(actual === undefined));
  const [, negation, base, ifExists] = /^(?:(String|Arn|Numeric)Not)?(.*?)(IfExists)?$/.exec(operator) ?? [];
  const compare = COMPARED[`${negation ?? ''}${base}`];
  // A guess would make the evaluator say what nobody knows.
  if (compare === undefined) throw new Error(`The claims do not know the condition ${operator}.`);
  if (actual === undefined) return ifExists !== undefined || negation !== undefined;
  return expected.some((value) => compare(value, actual)) === (negation === undefined);
}

/** Wildcards as IAM has them: `*` is any text, `?` one character. */
function glob(pattern: string, text: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`, 's').test(text);
}

/** ARNs are compared part by part: a wildcard does not reach over a colon of the first five. */
function arnLike(pattern: string, arn: string): boolean {
  const parts = (text: string) => {
    const all = text.split(':');
    return [...all.slice(0, 5), all.slice(5).join(':')];
  };
  const given = parts(arn);
  return parts(pattern).every((part, at) => glob(part, given[at] ?? ''));
}

const listed = (value: unknown): readonly string[] =>
  value === undefined ? [] : Array.isArray(value) ? value.map(String) : [String(value)];
