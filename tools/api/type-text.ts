import { z } from 'zod';

const schemaShape = z.object({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  allOf: z.array(z.unknown()).optional(),
  items: z.unknown().optional(),
  prefixItems: z.array(z.unknown()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  additionalProperties: z.unknown().optional(),
  description: z.string().optional(),
});

type Schema = z.infer<typeof schemaShape>;

/** The TypeScript type of what a JSON schema describes. What it cannot say (lengths, patterns) is left to the server. */
export function typeText(given: unknown): string {
  const schema = schemaShape.parse(given ?? {});
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return union(schema.enum.map((value) => JSON.stringify(value)));
  const either = schema.anyOf ?? schema.oneOf;
  if (either) return union(either.map(typeText));
  if (schema.allOf) return schema.allOf.map((one) => `(${typeText(one)})`).join(' & ');
  if (Array.isArray(schema.type)) return union(schema.type.map((type) => simple({ ...schema, type }, type)));
  return simple(schema, schema.type);
}

function union(texts: readonly string[]): string {
  return [...new Set(texts)].join(' | ') || 'never';
}

const NAMES: ReadonlyMap<string, string> = new Map([
  ['string', 'string'],
  ['number', 'number'],
  ['integer', 'number'],
  ['boolean', 'boolean'],
  ['null', 'null'],
]);

function simple(schema: Schema, type: string | undefined): string {
  if (type === 'array') return arrayText(schema);
  if (type === 'object') return objectText(schema);
  return NAMES.get(type ?? '') ?? 'unknown';
}

function arrayText({ items, prefixItems }: Schema): string {
  if (prefixItems) return `readonly [${prefixItems.map(typeText).join(', ')}]`;
  return `readonly (${typeText(items)})[]`;
}

function objectText({ properties = {}, required = [], additionalProperties }: Schema): string {
  const members = Object.entries(properties).map(([name, schema]) => memberText(name, schema, required.includes(name)));
  const isOpen = additionalProperties !== undefined && additionalProperties !== false;
  if (members.length > 0) return `{ ${members.join(' ')} }`;
  return isOpen ? `Readonly<Record<string, ${typeText(additionalProperties)}>>` : 'Readonly<Record<string, never>>';
}

/** `readonly name?: string;` with its description. A member that may be absent may be given as undefined, too. */
export function memberText(name: string, schema: unknown, isRequired: boolean): string {
  const { description } = schemaShape.parse(schema ?? {});
  const comment = description === undefined ? '' : `/** ${description.replaceAll('*/', '* /')} */\n`;
  const type = typeText(schema);
  return `${comment}readonly ${JSON.stringify(name)}${isRequired ? '' : '?'}: ${type}${isRequired ? '' : ' | undefined'};`;
}
