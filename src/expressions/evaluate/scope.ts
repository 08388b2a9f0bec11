import type { Expression } from '../syntax/ast.ts';
import { dottedName } from '../syntax/parser.ts';
import type { Environment } from './environment.ts';
import { candidates } from './functions.ts';

/** Names inside of comprehensions and bindings, the innermost last. `T` is what is known of one. */
export class Scope<T> {
  readonly #parent: Scope<T> | undefined;
  readonly #names: ReadonlyMap<string, T>;

  constructor(names: ReadonlyMap<string, T>, parent?: Scope<T>) {
    this.#names = names;
    this.#parent = parent;
  }

  find(name: string): T | undefined {
    return this.#names.get(name) ?? this.#parent?.find(name);
  }

  with(names: Iterable<readonly [string, T]>): Scope<T> {
    return new Scope(new Map(names), this);
  }
}

/** What a name, or the longest dotted front of a chain of fields, stands for. */
export type Resolved<T> =
  | { readonly is: 'local'; readonly what: T }
  | { readonly is: 'variable' | 'type'; readonly name: string };

export function resolve<T>(expression: Expression, scope: Scope<T>, environment: Environment): Resolved<T> | undefined {
  const name = dottedName(expression);
  if (name === undefined) return undefined;
  if (expression.kind === 'name' && !expression.isRooted) {
    const local = scope.find(name);
    if (local !== undefined) return { is: 'local', what: local };
  }
  if (expression.kind !== 'name' && startsLocally(name, scope)) return undefined;
  const { variables, typeNames, container } = environment;
  for (const one of candidates(name, container)) {
    if (variables?.has(one)) return { is: 'variable', name: one };
    if (typeNames.has(one)) return { is: 'type', name: one };
  }
  const isOpen = variables === undefined && expression.kind === 'name';
  return isOpen ? { is: 'variable', name: name.replace(/^\./, '') } : undefined;
}

function startsLocally<T>(name: string, scope: Scope<T>): boolean {
  return scope.find(name.split('.', 1)[0] ?? '') !== undefined;
}

/** The namespaced function that `a.b.f(…)` calls, if there is one; otherwise `a.b` is a value. */
export function namespacedName<T>(
  target: Expression,
  name: string,
  scope: Scope<T>,
  { functions, container }: Environment,
): string | undefined {
  const space = dottedName(target);
  if (space === undefined || startsLocally(space, scope)) return undefined;
  return candidates(`${space}.${name}`, container).find((one) => functions.globals(one).length > 0);
}
