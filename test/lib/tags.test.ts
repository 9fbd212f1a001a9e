import { describe, expect, test } from 'vitest';
import { type Resource, synthesize } from './synth.ts';

/** Types without tags of their own, or whose tags not every region takes. */
const UNTAGGED: ReadonlySet<string> = new Set([
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::CloudWatch::Dashboard',
  'AWS::IAM::Policy',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::Permission',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::Subscription',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
  'AWS::Scheduler::Schedule',
]);

/** Tags of a resource: a list of keys and values, an object, or lists in the copies of a table. */
function tagsOf({ Properties = {} }: Resource): Record<string, string> {
  const replicas = (Properties.Replicas ?? []) as { Tags?: unknown }[];
  const lists = [Properties.Tags, Properties.ResourceTags, ...replicas.map(({ Tags }) => Tags)];
  return Object.assign(
    {},
    ...lists.map((list) =>
      Array.isArray(list) ? Object.fromEntries(list.map(({ Key, Value }) => [Key, Value])) : (list ?? {}),
    ),
  );
}

const tagged = (overrides: Parameters<typeof synthesize>[0]) => {
  const { stateTemplate, serviceTemplate } = synthesize({ emails: ['owner@example.org'], ...overrides });
  return [stateTemplate, serviceTemplate]
    .flatMap((template) => Object.entries(template.toJSON().Resources as Record<string, Resource>))
    .filter(([, { Type }]) => !UNTAGGED.has(Type));
};

test('what some region would refuse to tag has no tags', () => {
  const { serviceTemplate } = synthesize({ stage: 'dev', emails: ['owner@example.org'] });
  const resources = Object.entries(serviceTemplate.toJSON().Resources as Record<string, Resource>);
  const untagged = resources.filter(([, { Type }]) => UNTAGGED.has(Type));
  expect(untagged.length).toBeGreaterThan(5);
  for (const [id, resource] of untagged) expect(tagsOf(resource), id).toEqual({});
});

describe('everything that can carry tags', () => {
  test.each(tagged({ stage: 'dev', tags: { 'cost:centre': 'desk 7' } }))(
    '%s has the configured ones, and names Daybook and the stage',
    (_id, resource) => {
      expect(tagsOf(resource)).toEqual({ app: 'daybook', stage: 'dev', 'cost:centre': 'desk 7' });
    },
  );

  test('names Daybook alone by default', () => {
    const resources = tagged({});
    expect(resources.length).toBeGreaterThan(20);
    for (const [id, resource] of resources) expect(tagsOf(resource), id).toEqual({ app: 'daybook' });
  });
});
