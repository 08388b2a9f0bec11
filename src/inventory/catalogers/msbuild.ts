import { childrenOf, type XmlElement } from '#foundation/documents/index.ts';

const MAX_ROUNDS = 10;
const MAX_TEXT = 1000;

/** Properties of an MSBuild file, by their names in lower case; of several of one name the last. Conditions are not evaluated. */
export function propertiesIn(project: XmlElement): ReadonlyMap<string, string> {
  const properties = childrenOf(project, 'PropertyGroup').flatMap(({ children }) => children);
  return new Map(properties.map(({ name, text }) => [name.toLowerCase(), text]));
}

/** `$(Name)` replaced; undefined when one is not defined, or each leads to another. */
export function expanded(
  text: string | undefined,
  property: (lowerName: string) => string | undefined,
): string | undefined {
  let value = text?.trim();
  for (let round = 0; value?.includes('$('); round++) {
    if (round === MAX_ROUNDS || value.length > MAX_TEXT) return undefined;
    const names = [...value.matchAll(/\$\(([\w.]+)\)/g)].map(([, name = '']) => name.toLowerCase());
    if (names.length === 0 || names.some((name) => property(name) === undefined)) return undefined;
    value = value.replace(/\$\(([\w.]+)\)/g, (_, name: string) => property(name.toLowerCase()) ?? '');
  }
  return value;
}

/** `[1.2.3]` is exactly this version, `1.2.3` this one or, if it is gone, the next; ranges and `1.*` are open. */
export function pinned(version: string | undefined): string | undefined {
  const exact = /^\[([^,[\]()]+)\]$/.exec(version ?? '')?.[1]?.trim() ?? version;
  return exact === undefined || exact === '' || /[[\](),*\s$]/.test(exact) ? undefined : exact;
}
