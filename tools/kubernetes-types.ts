// Writes content/kubernetes/types.json: the kinds that Kubernetes has built in, minor by minor, with the names and types of their fields,
// for the type check of admission policies. The facts are read from the published Go modules k8s.io/api, k8s.io/apimachinery,
// k8s.io/apiextensions-apiserver and k8s.io/kube-aggregator, one version v0.MINOR.0 for each minor; names and types only, no prose.
// It needs the `go` command, which downloads them: node tools/kubernetes-types.ts
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { type Declaration, parseGo } from './kubernetes-types/go-source.ts';

const FIRST = 26;
const LAST = 37;
const MODULES = ['api', 'apimachinery', 'apiextensions-apiserver', 'kube-aggregator'];
const output = join(import.meta.dirname, '../content/kubernetes/types.json');

/** Types that are written in JSON by code of their own, and what they are there. */
const WRITTEN = new Map([
  ['k8s.io/apimachinery/pkg/apis/meta/v1.Time', 'time'],
  ['k8s.io/apimachinery/pkg/apis/meta/v1.MicroTime', 'time'],
  ['k8s.io/apimachinery/pkg/apis/meta/v1.Duration', 'string'],
  ['k8s.io/apimachinery/pkg/apis/meta/v1.FieldsV1', 'any'],
  ['k8s.io/apimachinery/pkg/util/intstr.IntOrString', 'any'],
  ['k8s.io/apimachinery/pkg/api/resource.Quantity', 'quantity'],
  ['k8s.io/apimachinery/pkg/runtime.RawExtension', 'any'],
  ['k8s.io/apimachinery/pkg/runtime.Object', 'any'],
  ...['JSON', 'JSONSchemaPropsOrArray', 'JSONSchemaPropsOrBool', 'JSONSchemaPropsOrStringArray'].map(
    (name) => [`k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1.${name}`, 'any'] as const,
  ),
]);

const PRIMITIVES = new Map([
  ['string', 'string'],
  ['bool', 'bool'],
  ...['int', 'int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64'].map(
    (name) => [name, 'int'] as const,
  ),
  ...['float32', 'float64'].map((name) => [name, 'double'] as const),
  ['interface{}', 'any'],
  ['any', 'any'],
]);

interface Kind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly isNamespaced: boolean;
  readonly type: string;
}

/** What one minor has. */
interface Catalog {
  readonly kinds: readonly Kind[];
  /** By name: fields and their types. */
  readonly types: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

class Minor {
  readonly #minor: number;
  readonly #declarations = new Map<string, Declaration>();
  readonly #groups = new Map<string, string>();
  readonly #removed = new Map<string, number>();

  constructor(minor: number) {
    this.#minor = minor;
    for (const module of MODULES) this.#readModule(module, downloaded(`k8s.io/${module}`, `v0.${minor}.0`));
  }

  #readModule(module: string, root: string): void {
    for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
      const isSource = entry.isFile() && /\.go$/.test(entry.name) && !/_test\.go$|\.pb\.go$/.test(entry.name);
      if (!isSource) continue;
      const file = join(entry.parentPath, entry.name);
      this.#readFile(`k8s.io/${join(module, dirname(relative(root, file)))}`, readFileSync(file, 'utf8'));
    }
  }

  #readFile(path: string, source: string): void {
    const [, group] = /^(?:const|var) GroupName = "([^"]*)"/m.exec(source) ?? [];
    if (group !== undefined) this.#groups.set(path, group);
    for (const [, kind, minor] of source.matchAll(/\*(\w+)\) APILifecycleRemoved\(\)[^{]*\{\s*return 1, (\d+)/g))
      this.#removed.set(`${path}.${kind}`, Number(minor));
    for (const one of parseGo(source)) this.#declarations.set(`${path}.${one.name}`, one);
  }

  catalog(): Catalog {
    const kinds = [...this.#declarations].flatMap(([type, one]) => this.#kindOf(type, one));
    const types = new Map<string, ReadonlyMap<string, string>>();
    const waiting = kinds.map(({ type }) => type);
    for (const type of waiting) {
      if (types.has(type)) continue;
      const fields = new Map<string, string>();
      this.#collect(type, fields);
      types.set(type, fields);
      for (const field of fields.values()) waiting.push(...(field.match(/k8s\.io\/.*$/) ?? []));
    }
    return { kinds, types };
  }

  #kindOf(type: string, { name: kind, comments }: Declaration): Kind[] {
    const path = type.slice(0, type.lastIndexOf('.'));
    const version = path.split('/').at(-1) ?? '';
    const group = this.#groups.get(path) ?? this.#groups.get(dirname(path));
    const isServed = (this.#removed.get(type) ?? Number.POSITIVE_INFINITY) > this.#minor;
    const isKind = /^\/\/ \+genclient$/m.test(comments) && /^v\d+(?:beta\d+)?$/.test(version);
    if (!isKind || !isServed || group === undefined) return [];
    return [{ group, version, kind, isNamespaced: !comments.includes('+genclient:nonNamespaced'), type }];
  }

  #collect(type: string, fields: Map<string, string>): void {
    const declaration = this.#declarations.get(type);
    for (const field of declaration?.fields ?? []) {
      const is = this.#typeOf(field.type, type);
      if (field.name !== undefined) fields.set(field.name, is);
      else this.#collect(is, fields);
    }
  }

  /** `[]` before the type of a list's items, `{}` before that of a map's values. */
  #typeOf(written: string, owner: string): string {
    const text = written.replace(/^\*/, '');
    if (text === '[]byte') return 'bytes';
    if (text.startsWith('[]')) return `[]${this.#typeOf(text.slice(2), owner)}`;
    const [, value] = /^map\[[\w.]+\](.*)$/.exec(text) ?? [];
    if (value !== undefined) return `{}${this.#typeOf(value, owner)}`;
    return PRIMITIVES.get(text) ?? this.#named(text, owner);
  }

  #named(text: string, owner: string): string {
    const [alias, name] = text.includes('.') ? text.split('.') : [undefined, text];
    const own = owner.slice(0, owner.lastIndexOf('.'));
    const path = alias === undefined ? own : this.#declarations.get(owner)?.imports.get(alias);
    const full = `${path}.${name}`;
    const known = WRITTEN.get(full);
    const declaration = this.#declarations.get(full);
    if (known !== undefined) return known;
    if (declaration === undefined) throw new Error(`${owner} has a field of the unknown type ${text} (${full})`);
    return declaration.fields === undefined ? this.#typeOf(declaration.is, full) : full;
  }
}

function downloaded(module: string, version: string): string {
  const json: unknown = JSON.parse(
    execFileSync('go', ['mod', 'download', '-json', `${module}@${version}`], { encoding: 'utf8' }),
  );
  if (typeof json === 'object' && json !== null && 'Dir' in json && typeof json.Dir === 'string') return json.Dir;
  throw new Error(`go did not say where ${module} ${version} is`);
}

/** What holds in some minors: from, and to where it ended. */
type Span = readonly [since: number, until?: number];

/** Since and until, left out where it is so from the first or to the last minor. */
function spanOf(minors: readonly number[]): Span | undefined {
  const since = Math.min(...minors);
  const until = Math.max(...minors);
  if (until < LAST) return [since, until];
  return since > FIRST ? [since] : undefined;
}

function grouped<T>(catalogs: ReadonlyMap<number, Catalog>, of: (catalog: Catalog) => Iterable<readonly [string, T]>) {
  const found = new Map<string, { value: T; minors: number[] }>();
  for (const [minor, catalog] of catalogs)
    for (const [key, value] of of(catalog)) {
      const known = found.get(key);
      if (known === undefined) found.set(key, { value, minors: [minor] });
      else known.minors.push(minor);
    }
  return [...found.values()];
}

/** `core/v1.PodSpec`; of the owner's package only `.PodSpec`. */
function shortName(type: string, owner = ''): string {
  return type.replace(/k8s\.io\/.*$/, (full) => {
    const name = full.replace(/^k8s\.io\/(?:[\w-]+\/pkg\/(?:apis\/)?|api\/)/, '');
    const own = owner.slice(0, owner.lastIndexOf('.') + 1);
    return own !== '' && name.startsWith(own) ? name.slice(own.length - 1) : name;
  });
}

function kindsOf(catalogs: ReadonlyMap<number, Catalog>): unknown[] {
  const all = grouped(catalogs, ({ kinds }) => kinds.map((one) => [JSON.stringify(one), one] as const));
  return all.map(({ value: { group, version, kind, isNamespaced, type }, minors }) => {
    const span = spanOf(minors);
    const scope = isNamespaced ? 'Namespaced' : 'Cluster';
    return [group, version, kind, scope, shortName(type), ...(span ?? [])];
  });
}

function typesOf(catalogs: ReadonlyMap<number, Catalog>): Record<string, Record<string, unknown>> {
  const names = new Set([...catalogs.values()].flatMap(({ types }) => [...types.keys()]));
  const sorted = [...names].sort();
  return Object.fromEntries(sorted.map((name) => [shortName(name), fieldsOf(name, catalogs)]));
}

function fieldsOf(type: string, catalogs: ReadonlyMap<number, Catalog>): Record<string, unknown> {
  const own = new Map([...catalogs].filter(([, { types }]) => types.has(type)));
  const first = Math.min(...own.keys());
  const last = Math.max(...own.keys());
  const all = grouped(own, ({ types }) =>
    [...(types.get(type) ?? [])].map(([field, is]) => [`${field} ${is}`, { field, is }] as const),
  );
  const fields = new Map<string, unknown[]>();
  for (const { value, minors } of all) {
    const short = shortName(value.is, shortName(type));
    const isWhole = Math.min(...minors) === first && Math.max(...minors) === last;
    const entry = isWhole ? short : [short, ...(spanOf(minors) ?? [])];
    fields.set(value.field, [...(fields.get(value.field) ?? []), entry]);
  }
  return Object.fromEntries(
    [...fields].map(([field, [first, ...more]]) => [field, more.length === 0 ? first : [first, ...more]]),
  );
}

const catalogs = new Map<number, Catalog>();
for (let minor = FIRST; minor <= LAST; minor++) catalogs.set(minor, new Minor(minor).catalog());
const types = typesOf(catalogs);
const lines = Object.entries(types).map(([name, fields]) => `${JSON.stringify(name)}:${JSON.stringify(fields)}`);
const kinds = kindsOf(catalogs).map((one) => JSON.stringify(one));
writeFileSync(
  output,
  `{"minors":[${FIRST},${LAST}],\n"kinds":[\n${kinds.join(',\n')}],\n"types":{\n${lines.join(',\n')}}}\n`,
);
