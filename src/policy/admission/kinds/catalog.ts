import type { Type } from '#expressions/index.ts';

/** A kind of objects that an API server knows. */
export interface KnownKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Its name in rules: `deployments`. */
  readonly plural: string;
  readonly isNamespaced: boolean;
  /** With the names and types of its fields, as far as they are known. */
  readonly type: Type;
}

/** Kinds by what rules and documents call them. */
export class KindCatalog {
  readonly #byResource: ReadonlyMap<string, KnownKind>;
  readonly #byKind: ReadonlyMap<string, KnownKind>;
  readonly #versions: ReadonlyMap<string, readonly KnownKind[]>;

  /** Of two of one name the later counts. */
  constructor(kinds: Iterable<KnownKind>) {
    const all = [...kinds];
    this.#byResource = new Map(all.map((one) => [nameOf(one.group, one.version, one.plural), one]));
    this.#byKind = new Map(all.map((one) => [nameOf(one.group, one.version, one.kind), one]));
    this.#versions = Map.groupBy(all, ({ group, kind }) => `${group}/${kind}`);
  }

  ofResource(group: string, version: string, plural: string): KnownKind | undefined {
    return this.#byResource.get(nameOf(group, version, plural));
  }

  /** The other versions of a resource: what is asked of one is asked of all. */
  equivalentsOf(group: string, version: string, kind: string): KnownKind[] {
    const groups = SHARED_GROUPS.get(`${group}/${kind}`) ?? [group];
    return groups
      .flatMap((one) => this.#versions.get(`${one}/${kind}`) ?? [])
      .filter((one) => one.group !== group || one.version !== version);
  }

  ofKind(group: string, version: string, kind: string): KnownKind | undefined {
    return this.#byKind.get(nameOf(group, version, kind));
  }
}

/** Kinds that two groups have. */
const SHARED_GROUPS: ReadonlyMap<string, readonly string[]> = new Map([
  ['/Event', ['', 'events.k8s.io']],
  ['events.k8s.io/Event', ['', 'events.k8s.io']],
]);

function nameOf(group: string, version: string, name: string): string {
  return `${group}/${version}/${name}`;
}

/** `apps/v1` as group and version; the first group has no name: `v1`. */
export function splitApiVersion(apiVersion: string): { readonly group: string; readonly version: string } {
  const [first = '', second] = apiVersion.split('/');
  return second === undefined ? { group: '', version: first } : { group: first, version: second };
}

/** The rule by which Kubernetes itself guesses the plural of a kind; all built-in kinds follow it. */
export function pluralOf(kind: string): string {
  const word = kind.toLowerCase();
  if (word === 'endpoints') return word;
  if (/(?:s|x|ch|sh)$/.test(word)) return `${word}es`;
  return /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`;
}
