import {
  Account,
  type RawResource,
  type Resource,
  type Template,
  type Templates,
} from '../rehearsal/claims/account.ts';
import { nameOf } from '../rehearsal/claims/stages.ts';

/** What a release left in an account, as far as an update can damage it or be refused by it. */
export interface Released {
  /** Every resource of the stack that is kept, by logical id. */
  readonly state: Readonly<Record<string, Pick<RawResource, 'Type' | 'Properties'>>>;
  /** What the state gives to the service, by the name of the export. */
  readonly exports: Readonly<Record<string, unknown>>;
  /** Names of exports that the service asks for. */
  readonly imports: readonly string[];
  /** Logical ids of resources of which an account has one: by their type and what they are called or are for. */
  readonly taken: Readonly<Record<string, string>>;
}

/** Properties that together make a second resource of a type impossible. */
const FOR: Readonly<Record<string, readonly string[]>> = {
  'AWS::ApiGatewayV2::Route': ['ApiId', 'RouteKey'],
  'AWS::ApiGatewayV2::Stage': ['ApiId', 'StageName'],
  'AWS::Lambda::EventInvokeConfig': ['FunctionName', 'Qualifier'],
  'AWS::Lambda::EventSourceMapping': ['EventSourceArn', 'FunctionName'],
  'AWS::SNS::Subscription': ['TopicArn', 'Protocol', 'Endpoint'],
};
/** Named, but not alone under the name. */
const SHARED: ReadonlySet<string> = new Set(['AWS::ApiGatewayV2::Api']);

/** The part of two templates that a later version is compared with. */
export function summary(templates: Templates): Released {
  const [state, service] = ['State', 'Service'].map((kind) => one(templates, kind)) as [Template, Template];
  const taken = new Account(templates).resources.flatMap((resource) => {
    const key = takenBy(resource);
    return key === null ? [] : [[key, resource.id] as const];
  });
  return {
    state: Object.fromEntries(
      Object.entries(state.Resources).map(([id, { Type, Properties = {} }]) => [id, { Type, Properties }]),
    ),
    exports: Object.fromEntries(
      Object.values(state.Outputs ?? {}).flatMap(({ Value, Export }) =>
        Export === undefined ? [] : [[String(Export.Name), Value]],
      ),
    ),
    imports: [
      ...new Set([...JSON.stringify(service).matchAll(/"Fn::ImportValue":"([^"]+)"/g)].map(([, name = '']) => name)),
    ].sort(),
    taken: Object.fromEntries(taken.sort(([key], [other]) => (key < other ? -1 : 1))),
  };
}

function takenBy(resource: Resource): string | null {
  const parts = FOR[resource.type]?.map((property) => resource.properties[property] ?? '');
  const name = SHARED.has(resource.type) ? null : nameOf(resource);
  if (parts !== undefined) return [resource.type, ...parts].join(' ');
  return name === null ? null : `${resource.type} ${name}`;
}

function one(templates: Templates, kind: string): Template {
  const found = Object.entries(templates).find(([name]) => name.startsWith(`Daybook${kind}`));
  if (found === undefined) throw new Error(`There is no template of the stack Daybook${kind}.`);
  return found[1];
}
