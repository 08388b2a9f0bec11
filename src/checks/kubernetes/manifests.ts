import type { YamlDocument } from '#manifests/index.ts';
import { Network } from '#network/index.ts';
import { Rbac } from '#rbac/index.ts';
import { field, textAt } from './fields.ts';
import { KubernetesObject } from './object.ts';
import type { Workload } from './workload.ts';

/** The objects that would be applied together: what one of them lacks, another may give it. */
export class Manifests {
  readonly #index = new Map<string, KubernetesObject[]>();
  readonly #byValue = new Map<unknown, KubernetesObject>();
  #rbac: Rbac | undefined;
  #network: Network | undefined;
  #withUnknownKinds: ReadonlySet<string | undefined> | undefined;
  #workloads: ReadonlyMap<string, readonly Workload[]> | undefined;

  /**
   * The objects of a document, lists taken apart; none for a document that is no manifest. Add all before checking any.
   *
   * @param file that the document is in, for messages about other objects
   * @param isOfCluster nobody wrote it: it is what an API server said
   */
  add(document: YamlDocument, file = '', isOfCluster = false): KubernetesObject[] {
    const objects = [...this.#objectsIn({ document, file, isOfCluster }, document.value, [])];
    for (const object of objects) {
      this.#byValue.set(object.value, object);
      const { kind, namespace, name } = object;
      for (const key of [keyOf(kind, namespace), keyOf(kind, namespace, name)]) {
        const same = this.#index.get(key);
        if (same) same.push(object);
        else this.#index.set(key, [object]);
      }
    }
    return objects;
  }

  /** Objects of a kind in a namespace; without one, those that name none. */
  ofKind(kind: string, namespace: string | undefined): readonly KubernetesObject[] {
    return this.#index.get(keyOf(kind, namespace)) ?? [];
  }

  named(kind: string, namespace: string | undefined, name: string): readonly KubernetesObject[] {
    return this.#index.get(keyOf(kind, namespace, name)) ?? [];
  }

  /** What makes pods, by namespace; that of objects which name none is empty. */
  get workloads(): ReadonlyMap<string, readonly Workload[]> {
    this.#workloads ??= Map.groupBy(
      [...this.#byValue.values()].flatMap(({ workload }) => workload ?? []),
      ({ object }) => object.namespace ?? '',
    );
    return this.#workloads;
  }

  /** Whether there are resources in the namespace that others define: operators make pods from some of them. */
  hasUnknownKinds(namespace: string | undefined): boolean {
    this.#withUnknownKinds ??= new Set(
      [...this.#byValue.values()]
        .filter(({ group, workload }) => workload === undefined && group.includes('.') && !group.endsWith('.k8s.io'))
        .map((object) => object.namespace),
    );
    return this.#withUnknownKinds.has(namespace);
  }

  /** The object that was read from a parsed value. */
  objectOf(value: unknown): KubernetesObject | undefined {
    return this.#byValue.get(value);
  }

  /** Who may do what, by all roles and bindings of these. Objects that name no namespace are taken to share one. */
  get rbac(): Rbac {
    this.#rbac ??= new Rbac(this.#byValue.keys(), { defaultNamespace: '' });
    return this.#rbac;
  }

  /** What their network policies let through. */
  get network(): Network {
    this.#network ??= new Network(this.#byValue.keys(), '');
    return this.#network;
  }

  /** @param list its kind and version: the items of a `PodList` say neither */
  *#objectsIn(
    from: ObjectPlace,
    value: unknown,
    path: readonly (string | number)[],
    list: { readonly kind?: string; readonly apiVersion?: string } = {},
  ): Iterable<KubernetesObject> {
    const kind = textAt(value, 'kind') ?? list.kind;
    const apiVersion = textAt(value, 'apiVersion') ?? list.apiVersion;
    if (kind === undefined || apiVersion === undefined || !API_VERSION.test(apiVersion)) return;
    const items = kind.endsWith('List') ? field(value, 'items') : undefined;
    if (!Array.isArray(items)) {
      yield new KubernetesObject({ ...from, path, kind, apiVersion, manifests: this });
      return;
    }
    const ofItems = kind === 'List' ? {} : { kind: kind.slice(0, -'List'.length), apiVersion };
    for (const [index, item] of items.entries()) {
      yield* this.#objectsIn(from, item, [...path, 'items', index], ofItems);
    }
  }
}

interface ObjectPlace {
  readonly document: YamlDocument;
  readonly file: string;
  readonly isOfCluster: boolean;
}

/** `v1`, `apps/v1`, `cert-manager.io/v1alpha2`. */
const API_VERSION = /^(?:[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?\/)?v[0-9]{1,3}(?:(?:alpha|beta)[0-9]{1,3})?$/;

function keyOf(kind: string, namespace = '', name?: string): string {
  return name === undefined ? `${kind}\n${namespace}` : `${kind}\n${namespace}\n${name}`;
}
