/** One field of the settings of a channel or tracker, as the server describes them (JSON Schema). */
export interface SettingField {
  readonly name: string;
  /** `webhook url` */
  readonly label: string;
  readonly type: 'text' | 'number' | 'list' | 'choice';
  readonly choices: readonly string[];
  readonly isRequired: boolean;
  readonly preset: string;
}

/** Ways to set one up: most kinds have one, some several, of which one is filled in. */
export function settingsForms(schema: unknown): readonly (readonly SettingField[])[] {
  const alternatives = memberOf(schema, 'anyOf');
  return (Array.isArray(alternatives) ? alternatives : [schema]).map(fieldsOf);
}

function fieldsOf(schema: unknown): readonly SettingField[] {
  const required = memberOf(schema, 'required');
  return entriesOf(memberOf(schema, 'properties')).flatMap(([name, property]): SettingField[] => {
    const type = typeOf(property);
    const preset = memberOf(property, 'default');
    const choices = memberOf(property, 'enum');
    return type === undefined
      ? []
      : [
          {
            name,
            label: labelOf(name),
            type,
            choices: Array.isArray(choices) ? choices.map(String) : [],
            isRequired: Array.isArray(required) && required.includes(name),
            preset: typeof preset === 'string' || typeof preset === 'number' ? String(preset) : '',
          },
        ];
  });
}

function typeOf(property: unknown): SettingField['type'] | undefined {
  if (Array.isArray(memberOf(property, 'enum'))) return 'choice';
  const type = memberOf(property, 'type');
  if (type === 'string') return 'text';
  if (type === 'integer' || type === 'number') return 'number';
  return type === 'array' ? 'list' : undefined;
}

function labelOf(name: string): string {
  const words = name.replaceAll(/([A-Z])/g, ' $1').toLowerCase();
  return (words.charAt(0).toUpperCase() + words.slice(1)).replaceAll(/\b(url|api)\b/gi, (word) => word.toUpperCase());
}

/** What was filled in, as the server wants it. What is empty is left out. */
export function settingsOf(
  fields: readonly SettingField[],
  filled: ReadonlyMap<string, string>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    fields.flatMap(({ name, type, preset }): (readonly [string, unknown])[] => {
      const text = (filled.get(name) ?? preset).trim();
      if (text === '') return [];
      if (type === 'number') return [[name, Number(text)]];
      return [[name, type === 'list' ? text.split(/[\s,;]+/).filter(Boolean) : text]];
    }),
  );
}

function memberOf(value: unknown, name: string): unknown {
  return entriesOf(value).find(([key]) => key === name)?.[1];
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}
