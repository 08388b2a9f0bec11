/** What an alert says beside its title, whoever sent it. */
export interface AlertEvidence {
  /** Programs, the outermost first. */
  readonly processes: readonly string[];
  /** The sentence of the tool. */
  readonly output: string | undefined;
  /** The rest, by name. */
  readonly fields: readonly (readonly [name: string, value: string])[];
}

const MOST = 60;

/** Permissive: details are what a tool made of them. */
export function evidenceOf(details: unknown): AlertEvidence {
  const members = isRecord(details) ? details : {};
  const { process, output, output_fields: outputFields, ...rest } = members;
  const fields = { ...rest, ...(isRecord(outputFields) ? outputFields : {}) };
  return {
    processes: Array.isArray(process) ? process.filter((one) => typeof one === 'string') : [],
    output: typeof output === 'string' ? output : undefined,
    fields: Object.entries(fields)
      .filter(([, value]) => value !== null && value !== '')
      .slice(0, MOST)
      .map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
