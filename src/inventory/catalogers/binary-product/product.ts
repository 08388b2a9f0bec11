/** One product of content/binaries, as written there. */
export interface ProductData {
  readonly id: string;
  readonly title: string;
  /** In which files it is looked for. */
  readonly files: readonly {
    readonly kind: string;
    readonly name?: string;
    readonly prefix?: string;
  }[];
  /** What the names of those files must match besides. */
  readonly fileName?: string;
  /** Tried in this order; the first that is found anywhere in the file counts. */
  readonly patterns: readonly PatternData[];
  readonly package: {
    readonly name: string;
    /** Vendor and product: `f5:nginx`. */
    readonly cpe?: string;
    /** The name under which advisories of the ecosystem Bitnami speak of it. */
    readonly bitnami?: string;
    /** `java`: the version is written as Java writes it. */
    readonly releases?: string;
  };
  /** Products that it is made from, whose marks are in it as well. */
  readonly insteadOf?: readonly string[];
  /** Versions of real programs that it was seen to recognise: in whole files, in excerpts of them. */
  readonly seen: { readonly whole: readonly string[]; readonly excerpt: readonly string[] };
  readonly examples: {
    readonly pass: readonly { readonly file: string; readonly bytes: string; readonly version: string }[];
    readonly fail: readonly { readonly file: string; readonly bytes: string }[];
  };
}

export interface PatternData {
  /** A text that stands near the version, by which places are found quickly. */
  readonly near?: string;
  /** Bytes of the window that `pattern` sees before and after the beginning of `near`; 0 and 96 when absent. */
  readonly before?: number;
  readonly after?: number;
  /** A regular expression with a group `version`, for which `{version}` (numbers) and `{version+}` (a prerelease too) may stand. */
  readonly pattern?: string;
  /** Instead: the only text of the form of a version that Go's linker was told to put into a variable. */
  readonly goVariable?: boolean;
}

/** A product, ready to be looked for. */
export interface Product {
  readonly data: ProductData;
  readonly names: ReadonlySet<string>;
  readonly prefixes: readonly string[];
  readonly fileName: RegExp | undefined;
  readonly marks: readonly Mark[];
  readonly isGoVariable: boolean;
}

/** A pattern of a product. */
export interface Mark {
  readonly near: Buffer;
  readonly before: number;
  readonly after: number;
  readonly pattern: RegExp;
}

const NUMBERS = '\\d{1,5}(?:\\.\\d{1,6}){1,4}';
const DEFAULT_AFTER = 96;

export function toProduct(data: ProductData): Product {
  return {
    data,
    names: new Set(data.files.flatMap(({ name }) => name ?? [])),
    prefixes: data.files.flatMap(({ prefix }) => prefix ?? []),
    fileName: data.fileName === undefined ? undefined : new RegExp(data.fileName),
    marks: data.patterns.flatMap(toMark),
    isGoVariable: data.patterns.some(({ goVariable }) => goVariable === true),
  };
}

function toMark({ near, pattern, before = 0, after = DEFAULT_AFTER }: PatternData): Mark[] {
  if (near === undefined || pattern === undefined) return [];
  const written = pattern
    .replaceAll('{version+}', `(?<version>${NUMBERS}(?:-[0-9A-Za-z.]{1,40})?)`)
    .replaceAll('{version}', `(?<version>${NUMBERS})`);
  return [{ near: Buffer.from(near, 'latin1'), before, after, pattern: new RegExp(written) }];
}

/** Whether the product is looked for in files of this name. */
export function isLookedForIn({ names, prefixes, fileName }: Product, name: string): boolean {
  const isNamed = names.has(name) || prefixes.some((prefix) => name.startsWith(prefix));
  return isNamed && (fileName === undefined || fileName.test(name));
}
