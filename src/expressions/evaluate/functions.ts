import type { Overload } from '../library/function.ts';

/** All functions that an expression may call. */
export class FunctionTable {
  readonly #members = new Map<string, Overload[]>();
  readonly #globals = new Map<string, Overload[]>();

  constructor(overloads: Iterable<Overload>) {
    for (const overload of overloads) {
      const table = overload.isMember ? this.#members : this.#globals;
      const known = table.get(overload.name);
      if (known === undefined) table.set(overload.name, [overload]);
      else known.push(overload);
    }
  }

  members(name: string): readonly Overload[] {
    return this.#members.get(name) ?? [];
  }

  globals(name: string): readonly Overload[] {
    return this.#globals.get(name) ?? [];
  }
}

/** `c.b.a.x`, `c.b.x`, …, `x` for `x` in the container `c.b.a`; with a dot in front only itself. */
export function candidates(name: string, container: string): string[] {
  if (name.startsWith('.')) return [name.slice(1)];
  const parts = container === '' ? [] : container.split('.');
  return [...parts.map((_part, index) => [...parts.slice(0, parts.length - index), name].join('.')), name];
}
