import { expect } from 'vitest';
import { type Resource, resourcesOf, synthesize } from './synth.ts';

export const { serviceTemplate: template } = synthesize({ emails: ['one@example.org', 'two@example.org'] });
export const CAPABILITIES = ['Plan', 'Fetch', 'Ingest', 'Notify', 'Read'] as const;
export type Name = (typeof CAPABILITIES)[number];

export const one = (type: string, prefix: string): Resource => {
  const found = Object.entries(resourcesOf(template, type)).filter(([id]) => id.startsWith(prefix));
  expect(found, `${type} ${prefix}`).toHaveLength(1);
  return found[0]?.[1] ?? expect.fail();
};
export const functionOf = (name: Name) => one('AWS::Lambda::Function', `${name}Function`).Properties;

export interface Statement {
  Sid?: string;
  Effect: string;
  Action: string | string[];
  Resource: unknown;
}
export const statementsOf = (name: Name): Statement[] => {
  const { PolicyDocument } = one('AWS::IAM::Policy', `${name}FunctionRuntimeRole`).Properties as {
    PolicyDocument: { Statement: Statement[] };
  };
  return PolicyDocument.Statement;
};
export const actionsOf = (name: Name) =>
  statementsOf(name)
    .flatMap(({ Action }) => Action)
    .sort();
