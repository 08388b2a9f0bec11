import type { Authorize, Identity } from '#expressions/index.ts';
import { isObject, type JsonObject, type ManifestObject, objectAt } from '#manifests/index.ts';
import type { KindCatalog } from './kinds/catalog.ts';
import { withQuantities } from './kinds/quantities.ts';
import { isBuiltInGroup, withoutNulls } from './nulls.ts';
import { describeResource, isConnection, type Resource, resourceOf } from './resource.ts';

export type Operation = 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT';

/** How objects come to an API server. */
export interface AdmissionOptions {
  /** Absent: an update of what `oldObjects` has, a connection where the kind is one, and the creation of all others. */
  readonly operation?: Operation;
  /** What objects are before they are updated. */
  readonly oldObjects?: readonly ManifestObject[];
  /** `status`, `scale`: all objects are about this part. */
  readonly subresource?: string;
  readonly user?: RequestUser;
  readonly isDryRun?: boolean;
  /** Who may do what; absent where nothing is known of it. */
  readonly authorize?: Authorize;
  /** Names and scopes of kinds, and which are versions of one resource; without it they are guessed. */
  readonly catalog?: KindCatalog;
}

export interface RequestUser extends Identity {
  readonly uid?: string;
}

/** One object on its way in. */
export interface AdmissionRequest {
  readonly operation: Operation;
  readonly resource: Resource;
  /** Null when it is being deleted. */
  readonly object: JsonObject | null;
  /** Null when it is being created. */
  readonly oldObject: JsonObject | null;
  readonly user: RequestUser;
  readonly isDryRun: boolean;
  readonly place: string;
}

const NOBODY: RequestUser = { name: '', groups: [] };

/** Finds the request that brings an object. */
export class Requests {
  readonly #options: AdmissionOptions;
  readonly #old: ReadonlyMap<string, JsonObject>;

  constructor(options: AdmissionOptions) {
    this.#options = options;
    const old = (options.oldObjects ?? []).flatMap((object) => {
      const resource = resourceOf(object, options);
      return resource === undefined ? [] : [[keyOf(resource), this.#asServed(object.json, resource)] as const];
    });
    this.#old = new Map(old);
  }

  /** Undefined for a document that is no object; a sentence where it cannot be a request. */
  of(object: ManifestObject): AdmissionRequest | string | undefined {
    const resource = resourceOf(object, this.#options);
    if (resource === undefined) return undefined;
    const { user = NOBODY, isDryRun = false } = this.#options;
    const old = this.#old.get(keyOf(resource)) ?? null;
    const operation = this.#options.operation ?? naturalOperation(resource, old);
    if (operation === 'UPDATE' && old === null)
      return `${object.place()}: ${describeResource(resource)} is not in the files given with --old, so no update can be judged`;
    const own = this.#asServed(object.json, resource);
    const isDeleted = operation === 'DELETE';
    return {
      operation,
      resource,
      object: isDeleted ? null : own,
      oldObject: isDeleted ? own : operation === 'UPDATE' ? old : null,
      user,
      isDryRun,
      place: object.place(),
    };
  }

  /** With its namespace, quantities as texts, and without what is null. */
  #asServed(json: JsonObject, { group, version, kind, namespace }: Resource): JsonObject {
    const type = this.#options.catalog?.ofKind(group, version, kind)?.type;
    const served = withQuantities(json, type);
    const whole = isObject(served) ? served : json;
    const own = isBuiltInGroup(group) ? withoutNulls(whole) : whole;
    return namespace === undefined ? own : { ...own, metadata: { ...objectAt(own, 'metadata'), namespace } };
  }
}

function naturalOperation(resource: Resource, old: JsonObject | null): Operation {
  if (isConnection(resource)) return 'CONNECT';
  return old === null ? 'CREATE' : 'UPDATE';
}

/** Versions of one resource are one object. */
function keyOf({ group, kind, namespace = '', name }: Resource): string {
  return `${group}/${kind}/${namespace}/${name}`;
}

/** What expressions know as `request`. `as` is the version by which a rule asked for the object. */
export function requestVariable(
  request: AdmissionRequest,
  as: Pick<Resource, 'group' | 'version' | 'kind' | 'plural'>,
): JsonObject {
  const { operation, resource, user, isDryRun } = request;
  const { name, subresource = '' } = resource;
  return {
    kind: { group: as.group, version: as.version, kind: as.kind },
    resource: { group: as.group, version: as.version, resource: as.plural },
    subResource: subresource,
    requestKind: { group: resource.group, version: resource.version, kind: resource.kind },
    requestResource: { group: resource.group, version: resource.version, resource: resource.plural },
    requestSubResource: subresource,
    name,
    namespace: requestNamespace(resource),
    operation,
    userInfo: { username: user.name, uid: user.uid ?? '', groups: user.groups, extra: {} },
    dryRun: isDryRun,
    options: {},
  };
}

/** A namespace is in itself, to an API server. */
export function requestNamespace(resource: Resource): string {
  return isNamespace(resource) ? resource.name : (resource.namespace ?? '');
}

export function isNamespace({ group, kind }: Resource): boolean {
  return group === '' && kind === 'Namespace';
}
