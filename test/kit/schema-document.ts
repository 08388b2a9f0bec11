import { markdownTable } from './markdown-table.ts';

/** The documentation page of a JSON schema: one table an object, so that page and schema cannot differ. */
export function schemaDocument(title: string, introduction: string, schema: unknown): string {
  const root = record(schema);
  const sections = [section('The report', root, 'required' in root)];
  for (const [name, part] of Object.entries(record(root['$defs']))) {
    if (record(part)['properties']) sections.push(section(`\`${name}\``, record(part), true));
  }
  return `# ${title}\n\n${introduction.trim()}\n\n${sections.join('\n')}`;
}

/** The schema in which nothing is allowed that it does not describe: shows what the documentation forgets. */
export function closedSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closedSchema);
  if (typeof schema !== 'object' || schema === null) return schema;
  const closed = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closedSchema(value)]));
  return 'properties' in closed && 'type' in closed ? { ...closed, additionalProperties: false } : closed;
}

type Fields = Readonly<Record<string, unknown>>;

function section(title: string, schema: Fields, nested: boolean): string {
  const rows = [['member', 'type', 'meaning'], ...rowsOf(schema, '')];
  const description = nested ? `${schema['description']}\n\n` : '';
  return `## ${title}\n\n${description}${markdownTable(rows)}\n`;
}

function rowsOf(schema: Fields, prefix: string): string[][] {
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  return Object.entries(record(schema['properties'])).flatMap(([name, value]) => {
    const member = record(value);
    const optional = required.includes(name) ? '' : ', optional';
    const row = [`\`${prefix}${name}\``, `${typeOf(member)}${optional}`, String(member['description'] ?? '')];
    return [row, ...(member['properties'] ? rowsOf(member, `${prefix}${name}.`) : [])];
  });
}

function typeOf(member: Fields): string {
  const all = member['allOf'];
  const reference = member['$ref'] ?? (Array.isArray(all) ? record(all[0])['$ref'] : undefined);
  if (typeof reference === 'string') return `\`${reference.replace('#/$defs/', '')}\``;
  if (member['const'] !== undefined) return `\`"${member['const']}"\``;
  if (Array.isArray(member['enum'])) return member['enum'].map((one) => `\`"${one}"\``).join(', ');
  if (Array.isArray(member['oneOf'])) return member['oneOf'].map((one) => typeOf(record(one))).join(', ');
  if (member['type'] === 'array') return `array of ${typeOf(record(member['items']))}`;
  return String(member['type'] ?? 'anything');
}

function record(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
