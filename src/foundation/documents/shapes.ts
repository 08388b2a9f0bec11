/** Shapes of foreign documents: each answers `undefined` for what is not of its shape, so that a wrong member is a missing one. */
export type Members = Readonly<Record<string, unknown>>;

export function asMembers(value: unknown): Members | undefined {
  return isMembers(value) ? value : undefined;
}

export function asList(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

export function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The members of an object; none when it is no object. */
export function entriesOf(value: unknown): [name: string, value: unknown][] {
  return isMembers(value) ? Object.entries(value) : [];
}

/** A member by a name that came from the document: `constructor` and the like are no members unless written there. */
export function memberOf(value: unknown, name: string): unknown {
  return isMembers(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** The texts of a list, or a lone text as a list of one; what is no text is left out. */
export function textsOf(value: unknown): string[] {
  const list = Array.isArray(value) ? value : [value];
  return list.filter((item): item is string => typeof item === 'string');
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
