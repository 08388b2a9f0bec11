import type { YamlDocument } from '../yaml/index.ts';
import { listAt, textAt } from './fields.ts';
import { KubernetesObject } from './object.ts';

/** The objects that would be applied together: what one of them lacks, another may give it. */
export class Manifests {
  readonly #byKind = new Map<string, KubernetesObject[]>();

  /** The objects of a document, lists taken apart; none for a document that is no manifest. Add all before checking any. */
  add(document: YamlDocument): KubernetesObject[] {
    const objects = [...this.#objectsIn(document, document.value, [])];
    for (const object of objects) {
      const same = this.#byKind.get(object.kind);
      if (same) same.push(object);
      else this.#byKind.set(object.kind, [object]);
    }
    return objects;
  }

  ofKind(kind: string): readonly KubernetesObject[] {
    return this.#byKind.get(kind) ?? [];
  }

  /** In the namespace of another object; a manifest without one goes wherever the rest goes. */
  besides(other: KubernetesObject, kind: string): readonly KubernetesObject[] {
    return this.ofKind(kind).filter(({ namespace }) => namespace === other.namespace);
  }

  *#objectsIn(document: YamlDocument, value: unknown, path: readonly (string | number)[]): Iterable<KubernetesObject> {
    const kind = textAt(value, 'kind');
    const apiVersion = textAt(value, 'apiVersion');
    if (kind === undefined || apiVersion === undefined || !API_VERSION.test(apiVersion)) return;
    if (!kind.endsWith('List') || !Array.isArray(listAt(value, 'items')) || path.length > 0) {
      yield new KubernetesObject({ document, path, kind, apiVersion, manifests: this });
      return;
    }
    for (const [index, item] of listAt(value, 'items').entries()) {
      yield* this.#objectsIn(document, item, ['items', index]);
    }
  }
}

/** `v1`, `apps/v1`, `cert-manager.io/v1alpha2`. Not `chart/v2`'s `v2` alone: that a chart has no kind settles. */
const API_VERSION = /^(?:[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?\/)?v[0-9]{1,3}(?:(?:alpha|beta)[0-9]{1,3})?$/;
