import { selectsLabels } from '#model/index.ts';
import { defaultBindings, defaultRoles } from './default-roles.ts';
import { type Binding, bindingOf, type Role, roleOf } from './objects.ts';
import type { Rule } from './rule.ts';

export interface RbacOptions {
  /** Of objects that name none; `default` when absent. */
  readonly defaultNamespace?: string;
  /** Leaves out the roles and bindings that every cluster has. */
  readonly withoutDefaults?: boolean;
}

/** A rule that somebody with a role has, and the role that it is written in: another one where roles are made of roles. */
export interface RuleOfRole {
  readonly role: Role;
  /** In that role's list. */
  readonly index: number;
  readonly rule: Rule;
}

/** The roles and bindings of a cluster, as far as they are known. */
export class Rbac {
  readonly roles: readonly Role[];
  readonly bindings: readonly Binding[];
  readonly #byName: ReadonlyMap<string, readonly Role[]>;
  readonly #byObject: ReadonlyMap<unknown, Role | Binding>;
  #held: ReadonlySet<Role> | undefined;
  readonly #rules = new Map<Role, readonly RuleOfRole[]>();

  /** @param objects as parsed; those of other kinds are passed over, lists are to be taken apart before */
  constructor(objects: Iterable<unknown>, { defaultNamespace = 'default', withoutDefaults = false }: RbacOptions = {}) {
    const roles: Role[] = [];
    const bindings: Binding[] = [];
    for (const object of objects) {
      const role = roleOf(object, defaultNamespace);
      const binding = bindingOf(object, defaultNamespace);
      if (role) roles.push(role);
      if (binding) bindings.push(binding);
    }
    const written = Map.groupBy(roles, keyOf);
    const defaults = withoutDefaults ? [] : defaultRoles.filter((role) => !written.has(keyOf(role)));
    this.roles = [...roles, ...defaults];
    this.bindings = withoutDefaults ? bindings : [...bindings, ...defaultBindings];
    this.#byName = Map.groupBy(this.roles, keyOf);
    this.#byObject = new Map([...roles, ...bindings].map((one) => [one.object, one]));
  }

  /** What was read from one of the objects. */
  roleFrom(object: unknown): Role | undefined {
    const found = this.#byObject.get(object);
    return found && 'rules' in found ? found : undefined;
  }

  bindingFrom(object: unknown): Binding | undefined {
    const found = this.#byObject.get(object);
    return found && 'subjects' in found ? found : undefined;
  }

  /** Whether a binding gives its rules to somebody, by itself or through a role that it is part of. */
  isHeld(role: Role): boolean {
    this.#held ??= new Set(
      this.bindings
        .filter(({ subjects }) => subjects.length > 0)
        .flatMap((binding) => this.rolesOf(binding))
        .flatMap((bound) => [bound, ...this.#written(bound)]),
    );
    return this.#held.has(role);
  }

  /** Of a name in a namespace; several where several files write it, as which one is applied last is not known. */
  rolesOf({ kind, namespace, role }: Binding): readonly Role[] {
    if (role.kind === 'ClusterRole') return this.#byName.get(keyOf(role)) ?? [];
    if (role.kind !== 'Role' || kind !== 'RoleBinding') return [];
    return this.#byName.get(keyOf({ ...role, ...(namespace !== undefined && { namespace }) })) ?? [];
  }

  /** What its holder may do: its own rules, or those of the roles that it is made of and that these are made of in turn. */
  rulesOf(role: Role): readonly RuleOfRole[] {
    const known = this.#rules.get(role);
    if (known) return known;
    const rules = [...this.#written(role)].flatMap((holder) =>
      holder.rules.map((rule, index) => ({ role: holder, index, rule })),
    );
    this.#rules.set(role, rules);
    return rules;
  }

  /** The roles whose own rules count for the role. */
  #written(role: Role): ReadonlySet<Role> {
    const seen = new Set([role]);
    for (const made of seen) {
      const { madeOf } = made;
      if (madeOf === undefined) continue;
      for (const other of this.roles)
        if (other.kind === 'ClusterRole' && madeOf.some((selector) => selectsLabels(selector, other.labels)))
          seen.add(other);
    }
    return new Set([...seen].filter(({ madeOf }) => madeOf === undefined));
  }
}

function keyOf({ kind, name, namespace = '' }: { kind: string; name: string; namespace?: string }): string {
  return `${kind}\n${namespace}\n${name}`;
}
