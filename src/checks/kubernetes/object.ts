import { asMembers, type Members } from '#foundation/documents/index.ts';
import type { YamlDocument, YamlPath } from '#manifests/index.ts';
import type { CheckHit, ResourceName, TextEdit } from '../check.ts';
import { field, textAt } from './fields.ts';
import type { Manifests } from './manifests.ts';
import { findWorkload, type Workload } from './workload.ts';

interface ObjectSource {
  readonly document: YamlDocument;
  /** Its path; empty where it is not known. */
  readonly file: string;
  /** Of the object in the document: empty, or its place in a list. */
  readonly path: YamlPath;
  readonly kind: string;
  readonly apiVersion: string;
  readonly manifests: Manifests;
  /** Nobody wrote the document: places in it are told by their paths, and no edits of it are offered. */
  readonly isOfCluster: boolean;
}

/** One object of a manifest: what the checks of Kubernetes are asked about. */
export class KubernetesObject {
  readonly kind: string;
  readonly apiVersion: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly value: Members;
  readonly document: YamlDocument;
  readonly file: string;
  /** What it is applied with, itself included. */
  readonly manifests: Manifests;
  readonly #path: YamlPath;
  readonly #isOfCluster: boolean;
  #workload: Workload | null | undefined;
  #resource: ResourceName | undefined;

  constructor({ document, file, path, kind, apiVersion, manifests, isOfCluster }: ObjectSource) {
    this.#isOfCluster = isOfCluster;
    this.document = document;
    this.file = file;
    this.#path = path;
    this.kind = kind;
    this.apiVersion = apiVersion;
    this.manifests = manifests;
    this.value = asMembers(path.length === 0 ? document.value : field(document.value, ...path)) ?? {};
    this.name = textAt(this.value, 'metadata', 'name') ?? textAt(this.value, 'metadata', 'generateName') ?? '';
    this.namespace = textAt(this.value, 'metadata', 'namespace');
  }

  /** The group of its interface; empty for the core. */
  get group(): string {
    const slash = this.apiVersion.indexOf('/');
    return slash === -1 ? '' : this.apiVersion.slice(0, slash);
  }

  /** Its view as something that makes pods. */
  get workload(): Workload | undefined {
    if (this.#workload === undefined) this.#workload = findWorkload(this) ?? null;
    return this.#workload ?? undefined;
  }

  /** One for all findings about the object: there are dozens. */
  get resource(): ResourceName {
    const { apiVersion, kind, name, namespace } = this;
    this.#resource ??= { kind: `${apiVersion}/${kind}`, name, ...(namespace !== undefined && { namespace }) };
    return this.#resource;
  }

  /** A path in the document for one in the object. */
  at(path: YamlPath): YamlPath {
    return this.#path.length === 0 ? path : [...this.#path, ...path];
  }

  /**
   * Where a member stands, for a message about another object: `line 12` in the same file, `rbac.yaml:12` in another; of a cluster `roleRef`,
   * and `shop/Role/web rules[2]`.
   */
  placeSeenFrom(other: KubernetesObject, path: YamlPath): string {
    if (this.#isOfCluster) return [...(this.file === other.file ? [] : [this.file]), wordsOf(path)].join(' ');
    const { line } = this.document.positionOf(this.at(path));
    return this.file === other.file ? `line ${line}` : `${this.file}:${line}`;
  }

  hit(path: YamlPath, message: string, fix?: readonly TextEdit[]): CheckHit {
    if (this.#isOfCluster) return { message, position: { line: 1, column: 1 }, resource: this.resource };
    const position = this.document.positionOf(this.at(path));
    return { message, position, resource: this.resource, ...(fix && { fix }) };
  }
}

/** `spec.containers[0].image` */
function wordsOf(path: YamlPath): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
}
