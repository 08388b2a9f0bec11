import type { AnyExecutable } from '#foundation/executables/index.ts';
import { asBuffer } from '#foundation/index.ts';
import { LinkedSymbolCollector, type LinkedSymbols } from '#model/index.ts';
import type { BuildInfo } from './build-info.ts';
import { functionOf } from './function-name.ts';
import { functionNames } from './function-table.ts';

export const STANDARD_LIBRARY = 'stdlib';

const CHUNK = 1024 * 1024;
const MAX_FUNCTIONS = 2_000_000;
const MAX_NAME = 4096;

/** What of one module was linked in. */
interface Linked {
  /** The import path of the module and the one under which advisories know what was built in its place. */
  readonly module: string;
  readonly knownAs: string;
  readonly symbols: LinkedSymbolCollector;
}

/**
 * What is linked of each module, by the path of the module that the program asked for; the standard library under its name.
 * Nothing of a module of which nothing was found: its names may have been made unreadable. Empty when the table was not found.
 */
export function linkedByModule(executable: AnyExecutable, info: BuildInfo): ReadonlyMap<string, LinkedSymbols> {
  const found = functionNames(executable);
  if (found === undefined) return new Map();
  const collector = new LinkedCollector(info);
  let count = 0;
  for (const name of namesIn(executable, found.names)) {
    // More than any program has: what was read so far would be half the truth.
    if (++count > MAX_FUNCTIONS) return new Map();
    if (found.isExact || LOOKS_LIKE_A_NAME.test(name)) collector.add(name);
  }
  return collector.result();
}

/** In the oldest format everything else between zero bytes is offered as a name too. */
const LOOKS_LIKE_A_NAME = /^\w[\w.\-~/%$]*\.(?!go$)[A-Za-z_(\x80-\xff]/;

/** Where a package belongs, and the path under which advisories know it. */
interface Place {
  readonly linked: Linked;
  readonly path: string;
}

class LinkedCollector {
  readonly #mainPackage: string | undefined;
  readonly #modules = new Map<string, Linked>();
  readonly #ofPackage = new Map<string, Place | undefined>();
  #last: { readonly package: string; readonly place: Place | undefined } = { package: '', place: undefined };

  constructor({ main, modules, path }: BuildInfo) {
    this.#mainPackage = path;
    for (const { path: module, replacedBy } of main ? [main, ...modules] : modules) {
      // A directory in its place has no name that advisories could know.
      const knownAs = replacedBy === undefined || replacedBy.version === '' ? module : replacedBy.path;
      this.#modules.set(module, { module, knownAs, symbols: new LinkedSymbolCollector() });
    }
    const standard = { module: STANDARD_LIBRARY, knownAs: STANDARD_LIBRARY, symbols: new LinkedSymbolCollector() };
    this.#modules.set(STANDARD_LIBRARY, standard);
  }

  add(name: string): void {
    const found = functionOf(name);
    if (found === undefined) return;
    // The functions of a package stand together.
    if (found.package !== this.#last.package)
      this.#last = { package: found.package, place: this.#placeOf(found.package) };
    const { place } = this.#last;
    place?.linked.symbols.add(place.path, found.symbols);
  }

  result(): Map<string, LinkedSymbols> {
    const known = [...this.#modules.values()].flatMap(({ module, symbols }): [string, LinkedSymbols][] => {
      const result = symbols.result();
      return result === undefined ? [] : [[module, result]];
    });
    return new Map(known);
  }

  #placeOf(linkedAs: string): Place | undefined {
    if (this.#ofPackage.has(linkedAs)) return this.#ofPackage.get(linkedAs);
    const written = linkedAs === 'main' ? this.#mainPackage : linkedAs;
    const linked = written === undefined ? undefined : this.#moduleOf(written);
    const place = linked && written && { linked, path: renamed(written, linked) };
    this.#ofPackage.set(linkedAs, place || undefined);
    return place || undefined;
  }

  /** The module with the longest path that the package lies below. */
  #moduleOf(path: string): Linked | undefined {
    for (let at = path.length; at > 0; at = path.lastIndexOf('/', at - 1)) {
      const module = path.slice(0, at);
      const linked = module === STANDARD_LIBRARY ? undefined : this.#modules.get(module);
      if (linked) return linked;
    }
    return isStandard(path) ? this.#modules.get(STANDARD_LIBRARY) : undefined;
  }
}

/** The paths of all other packages begin with a domain. */
function isStandard(path: string): boolean {
  const first = path.split('/', 1)[0] ?? '';
  return !first.includes('.') && path !== 'command-line-arguments';
}

function renamed(path: string, { module, knownAs }: Linked): string {
  return module === knownAs || module === STANDARD_LIBRARY ? path : `${knownAs}${path.slice(module.length)}`;
}

/** Texts between zero bytes; the bytes of other scripts come as UTF-8. */
function* namesIn({ source }: AnyExecutable, { offset, size }: { offset: number; size: number }): Generator<string> {
  let rest = '';
  for (let start = 0; start < size; start += CHUNK) {
    const chunk = asBuffer(source.slice(offset + start, Math.min(CHUNK, size - start)));
    const parts = `${rest}${chunk.toString('latin1')}`.split('\0');
    rest = (parts.pop() ?? '').slice(0, MAX_NAME + 1);
    for (const part of parts) if (part !== '' && part.length <= MAX_NAME) yield part;
  }
}
