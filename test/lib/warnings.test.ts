import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { synthesize } from './synth.ts';

describe('a deployment without an e-mail address', () => {
  const warnings = (emails: readonly string[]) =>
    Annotations.fromStack(synthesize({ emails }).service).findWarning(
      '*',
      Match.stringLikeRegexp('No e-mail address is configured.*alerts\\.emails'),
    );
  const outputs = (emails: readonly string[]) =>
    Template.fromStack(synthesize({ emails }).service).findOutputs('Warning', {
      Value: Match.stringLikeRegexp('No e-mail address is configured.*alerts\\.emails'),
    });

  test('is warned of again where the deployment ends', () => {
    expect(Object.keys(outputs([]))).toEqual(['Warning']);
    expect(outputs(['editor@example.org'])).toEqual({});
  });

  test('is warned of at synthesis, with what to do', () => {
    expect(warnings([])).toHaveLength(1);
  });

  test('and only that one', () => {
    expect(warnings(['editor@example.org'])).toEqual([]);
  });
});
