/** A template as `cdk synth` writes it, by the name of its stack. */
export type Templates = Record<string, Template>;

export interface Template {
  Resources: Record<string, RawResource>;
  Conditions?: Record<string, unknown>;
  Outputs?: Record<string, { Value: unknown; Export?: { Name: unknown } }>;
}

export interface RawResource {
  Type: string;
  Properties?: Record<string, unknown>;
  DependsOn?: string | string[];
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
}

export const REGION = 'eu-central-1';
export const ACCOUNT = '111122223333';

/** A resource with every reference replaced by what an account would put there. */
export interface Resource {
  readonly id: string;
  readonly type: string;
  // biome-ignore lint/suspicious/noExplicitAny: what a template holds has no type.
  readonly properties: any;
  readonly raw: RawResource;
  /** What `Ref` gives: a name, an address or an ARN, as its type has it. */
  readonly ref: string;
  readonly arn: string;
  /** Logical ids of the resources of its stack that exist before it. */
  readonly after: ReadonlySet<string>;
}

/** All stacks together, as they would be in one account. */
export class Account {
  readonly resources: readonly Resource[];
  readonly outputs: Readonly<Record<string, string>>;
  /** Names under which stacks give values to others. */
  readonly exports: readonly string[];

  constructor(templates: Templates) {
    const exports = new Map<string, [Template, unknown]>();
    for (const template of Object.values(templates)) {
      for (const { Value, Export } of Object.values(template.Outputs ?? {})) {
        if (Export !== undefined) exports.set(String(Export.Name), [template, Value]);
      }
    }
    const resolve = (value: unknown, within: Template): unknown => new Resolver(within, exports).resolve(value);
    this.resources = Object.values(templates).flatMap((template) =>
      Object.entries(template.Resources).map(([id, raw]) => ({
        id,
        type: raw.Type,
        properties: resolve(raw.Properties ?? {}, template) ?? {},
        raw,
        ref: refOf(id, raw),
        arn: arnOf(id, raw),
        after: before(id, template),
      })),
    );
    this.exports = [...exports.keys()];
    this.outputs = Object.fromEntries(
      Object.values(templates).flatMap((template) =>
        Object.entries(template.Outputs ?? {}).map(([name, { Value }]) => [name, String(resolve(Value, template))]),
      ),
    );
  }

  of(type: string): readonly Resource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** The resource that an ARN, a name or an address means. */
  find(name: unknown): Resource | undefined {
    return this.resources.find(({ arn, ref }) => arn === name || ref === name);
  }
}

const SERVICES: Readonly<Record<string, (name: string) => string>> = {
  'AWS::SQS::Queue': (name) => `sqs:${REGION}:${ACCOUNT}:${name}`,
  'AWS::SNS::Topic': (name) => `sns:${REGION}:${ACCOUNT}:${name}`,
  'AWS::Lambda::Function': (name) => `lambda:${REGION}:${ACCOUNT}:function:${name}`,
  'AWS::DynamoDB::GlobalTable': (name) => `dynamodb:${REGION}:${ACCOUNT}:table/${name}`,
  'AWS::S3::Bucket': (name) => `s3:::${name}`,
  'AWS::IAM::Role': (name) => `iam::${ACCOUNT}:role/${name}`,
  'AWS::Logs::LogGroup': (name) => `logs:${REGION}:${ACCOUNT}:log-group:${name}:*`,
  'AWS::CloudWatch::Alarm': (name) => `cloudwatch:${REGION}:${ACCOUNT}:alarm:${name}`,
};

function nameOf(id: string, { Type, Properties = {} }: RawResource): string {
  if (Type === 'AWS::SQS::Queue') return Properties.FifoQueue === true ? `${id}.fifo` : id;
  return Type === 'AWS::S3::Bucket' || Type === 'AWS::ApiGatewayV2::Api' ? id.toLowerCase() : id;
}

const arnOf = (id: string, raw: RawResource): string =>
  `arn:aws:${SERVICES[raw.Type]?.(nameOf(id, raw)) ?? `other:${REGION}:${ACCOUNT}:${id}`}`;

function refOf(id: string, raw: RawResource): string {
  if (raw.Type === 'AWS::SQS::Queue') return `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${nameOf(id, raw)}`;
  return raw.Type === 'AWS::SNS::Topic' ? arnOf(id, raw) : nameOf(id, raw);
}

function attributeOf(id: string, raw: RawResource, attribute: string): string {
  if (attribute === 'Arn' || attribute === 'TopicArn') return arnOf(id, raw);
  if (attribute === 'StreamArn') return `${arnOf(id, raw)}/stream/2026-01-01T00:00:00.000`;
  if (attribute === 'ApiEndpoint') return `https://${nameOf(id, raw)}.execute-api.${REGION}.amazonaws.com`;
  return /Name$/.test(attribute) ? nameOf(id, raw) : `${nameOf(id, raw)}.${attribute}`;
}

const PSEUDO: Readonly<Record<string, string | undefined>> = {
  'AWS::Region': REGION,
  'AWS::AccountId': ACCOUNT,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::StackName': 'Stack',
  'AWS::StackId': `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/Stack/1`,
};

type Json = Readonly<Record<string, unknown>>;

class Resolver {
  constructor(
    private readonly within: Template,
    private readonly exports: ReadonlyMap<string, [Template, unknown]>,
  ) {}

  resolve(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.resolve(item));
    if (value === null || typeof value !== 'object') return value;
    const entries = Object.entries(value as Json);
    const [first] = entries;
    if (entries.length === 1 && first !== undefined && /^(Ref|Fn::\w+)$/.test(first[0])) {
      return this.intrinsic(first[0], first[1]);
    }
    return Object.fromEntries(entries.map(([name, item]) => [name, this.resolve(item)]));
  }

  private intrinsic(name: string, given: unknown): unknown {
    if (name === 'Ref') return this.reference(String(given));
    if (name === 'Fn::GetAtt') {
      const [id = '', attribute = ''] = Array.isArray(given) ? given.map(String) : String(given).split('.');
      return attributeOf(id, this.resource(id), attribute);
    }
    if (name === 'Fn::Sub') {
      return String(given).replace(/\$\{([^}]+)\}/g, (_, reference: string) => String(this.reference(reference)));
    }
    if (name === 'Fn::ImportValue') {
      const [template, value] = this.exports.get(String(given)) ?? fail(`No stack exports ${String(given)}.`);
      return new Resolver(template, this.exports).resolve(value);
    }
    if (name === 'Fn::If') {
      const [condition = '', whenTrue, otherwise] = given as unknown[];
      const expression = this.within.Conditions?.[String(condition)] ?? fail(`There is no condition ${condition}.`);
      return this.resolve(this.resolve(expression) === true ? whenTrue : otherwise);
    }
    const list = this.resolve(given) as unknown[];
    if (name === 'Fn::Equals') return list[0] === list[1];
    if (name === 'Fn::Join') return (list[1] as unknown[]).map(String).join(String(list[0]));
    if (name === 'Fn::Split') return String(list[1]).split(String(list[0]));
    if (name === 'Fn::Select') return (list[1] as unknown[])[Number(list[0])];
    return fail(`The claims do not know ${name}.`);
  }

  private reference(id: string): unknown {
    if (id === 'AWS::NoValue') return undefined;
    return PSEUDO[id] ?? refOf(id, this.resource(id));
  }

  private resource(id: string): RawResource {
    return this.within.Resources[id] ?? fail(`There is no resource ${id}.`);
  }
}

/** Everything that is made before a resource: what it depends on or refers to, and what that does. */
function before(id: string, { Resources }: Template, seen = new Set<string>()): ReadonlySet<string> {
  for (const other of mentions(Resources[id])) {
    if (other in Resources && !seen.has(other)) {
      seen.add(other);
      before(other, { Resources }, seen);
    }
  }
  return seen;
}

function mentions(value: unknown): string[] {
  if (value === null || typeof value !== 'object') return [];
  if (Array.isArray(value)) return value.flatMap(mentions);
  return Object.entries(value).flatMap(([name, item]) => {
    if (name === 'Ref') return [String(item)];
    if (name === 'DependsOn') return [item].flat().map(String);
    if (name === 'Fn::GetAtt') return [String([item].flat()[0]).split('.')[0] ?? ''];
    if (name === 'Fn::Sub') return [...String([item].flat()[0]).matchAll(/\$\{([^}.]+)/g)].map(([, to = '']) => to);
    return mentions(item);
  });
}

export function fail(message: string): never {
  throw new Error(message);
}
