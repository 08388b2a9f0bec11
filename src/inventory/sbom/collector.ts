import { type Problem, ProblemLog } from '#foundation/index.ts';
import type { Fact } from '#model/index.ts';
import type { SbomComponent, SbomDocument } from './document.ts';
import { isUsable } from './identity.ts';

const MAX_COMPONENTS = 200_000;
const MAX_RELATIONS = 2_000_000;
const MAX_NAME = 512;
/** Many tools refer to a component by its package URL, of which no more than this is read. */
const MAX_REF = 16 * 1024;
const MAX_LICENCE = 4_000;
const MAX_LICENCES = 100;
const MAX_PROPERTIES = 2_000;
const MAX_TOOLS = 50;

/** A component as a reader found it; absent and empty are the same. */
export interface ComponentDraft extends Pick<SbomComponent, 'ref' | 'kind'> {
  readonly type?: string | undefined;
  readonly group?: string | undefined;
  readonly name: string | undefined;
  readonly version?: string | undefined;
  readonly purl?: string | undefined;
  readonly cpes?: readonly string[];
  readonly licences?: readonly string[];
  readonly vendor?: string | undefined;
  readonly maintainer?: string | undefined;
  readonly scope?: SbomComponent['scope'] | undefined;
  readonly digests?: readonly string[];
  readonly places?: readonly string[];
  readonly properties?: readonly Fact[];
}

/** What a reader found out about the document itself. */
export interface DocumentDraft extends Pick<SbomDocument, 'format' | 'version' | 'encoding'> {
  readonly id?: string | undefined;
  readonly created?: string | undefined;
  readonly tools?: readonly string[];
  readonly properties?: readonly Fact[];
}

/** Puts a document together from what a reader hands in; bounds it, and counts what is left out. */
export class SbomCollector {
  readonly #components = new Map<string, SbomComponent>();
  readonly #needs = new Map<string, Set<string>>();
  readonly #containers = new Map<string, string>();
  readonly #owners = new Map<string, string>();
  readonly #problems = new ProblemLog();
  #subject: SbomComponent | undefined;
  #relations = 0;

  add(draft: ComponentDraft): void {
    const component = this.#checked(draft);
    if (component === undefined) return;
    if (this.#components.size >= MAX_COMPONENTS) {
      const message = `The SBOM lists more than ${MAX_COMPONENTS} components; the others were left out.`;
      this.problem('too-many-components', message, 'incomplete');
      return;
    }
    const ref = this.#freeRef(component.ref);
    this.#components.set(ref, ref === component.ref ? component : { ...component, ref });
  }

  describe(draft: ComponentDraft): void {
    this.#subject ??= this.#checked(draft);
  }

  needs(ref: string, needed: Iterable<string>): void {
    const known = this.#needs.get(ref) ?? new Set();
    this.#needs.set(ref, known);
    for (const one of needed) if (this.#mayRelate()) known.add(one);
  }

  contains(container: string, ref: string): void {
    if (this.#mayRelate() && !this.#containers.has(ref)) this.#containers.set(ref, container);
  }

  owns(owner: string, ref: string): void {
    if (this.#mayRelate()) this.#owners.set(ref, owner);
  }

  problem(code: string, message: string, effect: Problem['effect'], subject?: string): void {
    this.#problems.add({
      code: `sbom-${code}`,
      message,
      effect,
      ...(subject && { subject: subject.slice(0, MAX_NAME) }),
    });
  }

  /** `isSubject` tells which of the components the document is about, where it lists that among the others. */
  result(draft: DocumentDraft, isSubject?: (ref: string) => boolean): SbomDocument {
    const all = [...this.#components.values()];
    const subject = this.#subject ?? (isSubject && all.find(({ ref }) => isSubject(ref)));
    return {
      format: draft.format,
      version: draft.version.slice(0, 20),
      encoding: draft.encoding,
      ...(draft.id && { id: draft.id.slice(0, MAX_NAME) }),
      ...(draft.created && !Number.isNaN(Date.parse(draft.created)) && { created: draft.created.slice(0, 40) }),
      tools: [...new Set(draft.tools ?? [])].slice(0, MAX_TOOLS).map((tool) => tool.slice(0, MAX_NAME)),
      ...(subject && { subject }),
      components: all.filter((one) => one !== subject),
      needs: new Map([...this.#needs].map(([ref, needed]) => [ref, [...needed]])),
      containers: this.#containers,
      owners: this.#owners,
      properties: factsOf(draft.properties ?? []),
      problems: this.#problems.list(),
    };
  }

  #checked(draft: ComponentDraft): SbomComponent | undefined {
    const { ref, kind, name = '', version = '', properties = [] } = draft;
    if (!isUsable({ name, version }) || ref.length > MAX_REF) {
      const message = 'A component of the SBOM has no usable name or version and was left out.';
      this.problem('component-unusable', message, 'incomplete', name);
      return undefined;
    }
    return {
      ref,
      kind,
      name,
      cpes: draft.cpes ?? [],
      licences: boundedLicences(draft.licences ?? []),
      digests: draft.digests ?? [],
      places: draft.places ?? [],
      properties: factsOf(properties),
      ...(version !== '' && { version }),
      ...(draft.type && { type: draft.type }),
      ...(draft.group && { group: draft.group }),
      ...(draft.purl && { purl: draft.purl }),
      ...(draft.vendor && { vendor: draft.vendor.slice(0, MAX_NAME) }),
      ...(draft.maintainer && { maintainer: draft.maintainer.slice(0, MAX_NAME) }),
      ...(draft.scope && { scope: draft.scope }),
    };
  }

  /** Two components of one reference are two components all the same. */
  #freeRef(ref: string): string {
    return ref === '' || this.#components.has(ref) ? `${ref}\0${this.#components.size}` : ref;
  }

  #mayRelate(): boolean {
    if (++this.#relations <= MAX_RELATIONS) return true;
    const message = `The SBOM states more than ${MAX_RELATIONS} relations; the others were left out.`;
    this.problem('too-many-relations', message, 'degraded');
    return false;
  }
}

function factsOf(pairs: readonly Fact[]): Map<string, string[]> {
  const facts = new Map<string, string[]>();
  for (const [name, value] of pairs.slice(0, MAX_PROPERTIES)) {
    const known = facts.get(name);
    if (known) known.push(value);
    else facts.set(name, [value]);
  }
  return facts;
}

function boundedLicences(texts: readonly string[]): string[] {
  const usable = texts.map((text) => text.trim().slice(0, MAX_LICENCE)).filter((text) => text !== '');
  return [...new Set(usable)].slice(0, MAX_LICENCES);
}
