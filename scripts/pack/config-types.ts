import * as z from 'zod';
import { configSchema } from '#core/config.ts';

/** What this file reads of a JSON Schema: the schema of the configuration uses no more. */
export interface FieldSchema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly FieldSchema[];
  readonly items?: FieldSchema;
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  /** What the values of a record are; false where a field that is not named is refused. */
  readonly additionalProperties?: FieldSchema | false;
  readonly required?: readonly string[];
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
}

/**
 * The declarations of `daybook/config`. They name no other package, so that an installed Daybook needs none for its
 * types: zod alone would be larger than Daybook.
 */
export function configDeclarations(): string {
  const schema = z.toJSONSchema(configSchema, { io: 'input' }) as FieldSchema;
  return `/** What a configuration may hold. Every field but the pages has a default. */
export type DaybookConfigInput = ${typeOf(schema, '')};

/** Gives editors the type of the configuration; checks nothing. */
export declare function defineConfig(config: DaybookConfigInput): DaybookConfigInput;
`;
}

/** @throws Error for a kind of field that is not known here: the build must not publish a wrong type. */
export function typeOf(schema: FieldSchema, indent: string): string {
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.anyOf !== undefined) return unionOf(schema.anyOf.map((one) => typeOf(one, indent)));
  switch (schema.type) {
    case 'string':
    case 'boolean':
      return schema.type;
    case 'integer':
    case 'number':
      return 'number';
    case 'array':
      return `Array<${typeOf(schema.items ?? {}, indent)}>`;
    case 'object':
      return objectOf(schema, indent);
    default:
      throw new Error(`No type is known for a field of the configuration: ${JSON.stringify(schema)}`);
  }
}

const unionOf = (types: readonly string[]) => [...new Set(types)].join(' | ');

function objectOf({ properties = {}, required = [], additionalProperties }: FieldSchema, indent: string): string {
  if (additionalProperties) return `{ [name: string]: ${typeOf(additionalProperties, indent)} }`;
  const inner = `${indent}  `;
  const fields = Object.entries(properties).map(([name, schema]) => {
    const isRequired = required.includes(name);
    const type = `${typeOf(schema, inner)}${isRequired ? '' : ' | undefined'}`;
    const hint = hintOf(schema);
    return `${hint === '' ? '' : `${inner}/** ${hint} */\n`}${inner}${name}${isRequired ? '' : '?'}: ${type};\n`;
  });
  return `{\n${fields.join('')}${indent}}`;
}

/** The limits and the default of a field, for editors to show. */
function hintOf({ type, minimum, maximum, default: value }: FieldSchema): string {
  const limits = minimum === undefined ? '' : `From ${minimum} to ${maximum}.`;
  const fallback = value === undefined || type === 'object' ? '' : `Default: ${JSON.stringify(value)}.`;
  return [limits, fallback].filter((text) => text !== '').join(' ');
}
