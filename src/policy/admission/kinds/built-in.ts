import { parseType, type Type } from '#expressions/index.ts';
import { listAt, objectAt } from '#manifests/index.ts';
import { type KnownKind, pluralOf } from './catalog.ts';
import { QUANTITY } from './quantities.ts';

/** The Kubernetes minors whose built-in kinds are known: the `30` of 1.30. */
export interface BuiltInKinds {
  readonly first: number;
  readonly last: number;
  of(minor: number): readonly KnownKind[];
}

/** Reads content/kubernetes, which is only wanted where types are checked. */
export async function loadBuiltInKinds(): Promise<BuiltInKinds> {
  const { default: content }: { default: unknown } = await import('../../../../content/kubernetes/types.json', {
    with: { type: 'json' },
  });
  const [first, last] = listAt(content, 'minors').map(Number);
  const kinds = listAt(content, 'kinds');
  const types = objectAt(content, 'types');
  return {
    first: first ?? 0,
    last: last ?? 0,
    of: (minor) => {
      const schema = new Schema(types, minor);
      return kinds.flatMap((row) => kindOf(row, schema, minor));
    },
  };
}

function kindOf(row: unknown, schema: Schema, minor: number): KnownKind[] {
  if (!Array.isArray(row)) return [];
  const [group, version, kind, scope, type, since, until] = row.map((item: unknown) => String(item));
  if (!isWithin(since, until, minor)) return [];
  if (group === undefined || version === undefined || kind === undefined || type === undefined) return [];
  const plural = pluralOf(kind);
  return [{ group, version, kind, plural, isNamespaced: scope === 'Namespaced', type: schema.named(type) }];
}

function isWithin(since: unknown, until: unknown, minor: number): boolean {
  return (since === undefined || minor >= Number(since)) && (until === undefined || minor <= Number(until));
}

const SIMPLE: ReadonlyMap<string, Type> = new Map([
  ...['string', 'int', 'bool', 'double', 'bytes'].map((name) => [name, parseType(name)] as const),
  ['time', parseType('timestamp')],
  ['quantity', QUANTITY],
  ['any', parseType('dyn')],
]);

/** The types of one minor, made when they are asked for: some contain themselves. */
class Schema {
  readonly #types: Readonly<Record<string, unknown>>;
  readonly #minor: number;
  readonly #made = new Map<string, Type>();

  constructor(types: Readonly<Record<string, unknown>>, minor: number) {
    this.#types = types;
    this.#minor = minor;
  }

  /** `apps/v1.DeploymentSpec` */
  named(name: string): Type {
    const known = this.#made.get(name);
    if (known !== undefined) return known;
    const made = lazyObject(name, () => this.#fieldsOf(name));
    this.#made.set(name, made);
    return made;
  }

  #fieldsOf(name: string): Iterable<readonly [string, Type]> {
    return Object.entries(objectAt(this.#types, name)).flatMap(([field, written]) => {
      const text = typeof written === 'string' ? written : textFor(written, this.#minor);
      return text === undefined ? [] : [[field, this.#typeOf(text, name)] as const];
    });
  }

  #typeOf(text: string, owner: string): Type {
    if (text.startsWith('[]')) return { name: 'list', of: [this.#typeOf(text.slice(2), owner)] };
    if (text.startsWith('{}')) return { name: 'map', of: [parseType('string'), this.#typeOf(text.slice(2), owner)] };
    const isOwn = text.startsWith('.');
    return SIMPLE.get(text) ?? this.named(isOwn ? owner.slice(0, owner.lastIndexOf('.')) + text : text);
  }
}

/** Of `[type, since, until]`, one for each span of minors. */
function textFor(spans: unknown, minor: number): string | undefined {
  if (!Array.isArray(spans)) return undefined;
  const rows: readonly unknown[] = Array.isArray(spans[0]) ? spans : [spans];
  const row = rows.find((one) => Array.isArray(one) && isWithin(one[1], one[2], minor));
  return Array.isArray(row) ? String(row[0]) : undefined;
}

/** A type whose fields are found out when somebody asks for one. */
export function lazyObject(name: string, make: () => Iterable<readonly [string, Type]>): Type {
  let fields: ReadonlyMap<string, Type> | undefined;
  return {
    name,
    of: [],
    get fields() {
      fields ??= new Map(make());
      return fields;
    },
  };
}
