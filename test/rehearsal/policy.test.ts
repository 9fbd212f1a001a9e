import { describe, expect, test } from 'vitest';
import { type Call, decide, type Statement } from '../../scripts/rehearsal/claims/policy.ts';

const allow = (more: Partial<Statement> = {}): Statement => ({
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::bucket/captures/*',
  ...more,
});
const call = (more: Partial<Call> = {}): Call => ({
  action: 's3:GetObject',
  resource: 'arn:aws:s3:::bucket/captures/a/b',
  ...more,
});
const when = (Condition: Statement['Condition'], context?: Record<string, string>) =>
  decide(
    [{ ...allow(), ...(Condition === undefined ? {} : { Condition }) }],
    call(context === undefined ? {} : { context }),
  );

describe('a policy', () => {
  test('allows what a statement names, and is silent about the rest', () => {
    expect(decide([allow()], call())).toBe('allow');
    expect(decide([allow()], call({ action: 's3:PutObject' }))).toBe('silent');
    expect(decide([allow()], call({ resource: 'arn:aws:s3:::bucket/evidence/a' }))).toBe('silent');
    expect(decide([], call())).toBe('silent');
  });

  test('takes a Deny before every Allow, in any order', () => {
    const deny = allow({ Effect: 'Deny' });
    expect([decide([allow(), deny], call()), decide([deny, allow()], call())]).toEqual(['deny', 'deny']);
  });

  test('reads wildcards, a dot as a dot, and actions in any case', () => {
    expect(decide([allow({ Action: 'S3:get*' })], call())).toBe('allow');
    expect(decide([allow({ Action: 's3:GetObjec?' })], call())).toBe('allow');
    expect(decide([allow({ Resource: 'arn:aws:s3:::b.cket/*' })], call())).toBe('silent');
  });

  test('reads NotAction as everything else', () => {
    const { Action: _, ...rest } = allow();
    expect(decide([{ ...rest, NotAction: 's3:PutObject' }], call())).toBe('allow');
    expect(decide([{ ...rest, NotAction: 's3:Get*' }], call())).toBe('silent');
  });

  test('knows a principal by its kind and name', () => {
    const trust: Statement = {
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { Service: ['lambda.amazonaws.com', 'scheduler.amazonaws.com'] },
    };
    const by = (principal: Record<string, string>) =>
      decide([trust], { action: 'sts:AssumeRole', resource: '*', principal });
    expect(by({ Service: 'scheduler.amazonaws.com' })).toBe('allow');
    expect(by({ Service: 'ec2.amazonaws.com' })).toBe('silent');
    expect(by({ AWS: 'lambda.amazonaws.com' })).toBe('silent');
    expect(decide([allow({ Principal: '*' })], call())).toBe('allow');
  });
});

describe('a condition', () => {
  const key = 'aws:SourceArn';

  test.each([
    ['StringEquals', 'a:b', 'a:b', 'allow'],
    ['StringEquals', 'a:*', 'a:b', 'silent'],
    ['StringLike', 'a:*', 'a:b', 'allow'],
    ['StringNotEquals', 'a:b', 'a:b', 'silent'],
    ['StringNotEquals', 'a:b', 'a:c', 'allow'],
    ['ArnLike', 'arn:aws:x:*:1:group/*', 'arn:aws:x:eu:1:group/default', 'allow'],
    ['ArnLike', 'arn:aws:x:*:1:group/*', 'arn:aws:x:eu:2:group/default', 'silent'],
    ['ArnLike', 'arn:*:group/default', 'arn:aws:x:eu:1:group/default', 'silent'],
    ['Bool', 'true', 'true', 'allow'],
    ['NumericLessThan', '1.2', '1.1', 'allow'],
    ['NumericLessThan', '1.2', '1.2', 'silent'],
  ])('%s %s of %s: %s', (operator, expected, actual, decision) => {
    expect(when({ [operator]: { [key]: expected } }, { [key]: actual })).toBe(decision);
  });

  test('on a key that the call lacks fails, unless it negates or says IfExists', () => {
    expect(when({ StringEquals: { [key]: 'a' } })).toBe('silent');
    expect(when({ StringNotEquals: { [key]: 'a' } })).toBe('allow');
    expect(when({ StringEqualsIfExists: { [key]: 'a' } })).toBe('allow');
    expect(when({ Null: { [key]: 'true' } })).toBe('allow');
    expect(when({ Null: { [key]: 'true' } }, { [key]: 'a' })).toBe('silent');
  });

  test('needs all keys, and one of the values of each', () => {
    const Condition = { StringEquals: { a: ['1', '2'], b: '3' } };
    expect(when(Condition, { a: '2', B: '3' })).toBe('allow');
    expect(when(Condition, { a: '2' })).toBe('silent');
  });

  test('of a kind that nobody taught is refused, never guessed', () => {
    expect(() => when({ DateLessThan: { 'aws:CurrentTime': '2026' } }, { 'aws:CurrentTime': '2025' })).toThrow(
      'The claims do not know the condition DateLessThan.',
    );
  });

  test('of TLS holds for calls over TLS alone', () => {
    expect(when({ Bool: { 'aws:SecureTransport': 'false' } })).toBe('silent');
    expect(when({ Bool: { 'aws:SecureTransport': 'false' } }, { 'aws:SecureTransport': 'false' })).toBe('allow');
  });
});
