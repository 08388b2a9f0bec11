import { parsePackageUrl } from '#model/index.ts';
import { asName, asObject, asObjects, asText, type JsonObject } from '../../documents/json-values.ts';
import { readOsvEcosystem } from '../osv/ecosystems/index.ts';

const MAX_BRANCHES = 2_000_000;
const MAX_DEPTH = 20;

/** A package of a release of Red Hat Enterprise Linux, as a document's product tree spells it out. */
export interface RedHatProduct {
  /** `rhel:9`, `rhel-eus:9.2`. */
  readonly ecosystem: string;
  readonly name: string;
  readonly subject: 'source' | 'package';
  /** Absent where the document speaks of the package in every version. */
  readonly version?: string;
  readonly module?: string;
  readonly architecture?: string;
}

interface Component {
  readonly name: string;
  readonly subject: 'source' | 'package';
  readonly version?: string;
  readonly module?: string;
  readonly architecture?: string;
}

/**
 * Finds out what a product id stands for: a component (`curl-0:7.76.1-26.el9.x86_64`, a package URL) within a release (a CPE), or
 * within a module of it. Ids of layered products and of container images lead to nothing.
 */
export class ProductTree {
  readonly #ecosystems = new Map<string, string>();
  readonly #components = new Map<string, Component>();
  readonly #modules = new Map<string, string>();
  readonly #relations = new Map<string, { readonly part: string; readonly whole: string }>();

  constructor(document: JsonObject) {
    const tree = asObject(document['product_tree']);
    for (const branch of asObjects(tree?.['branches'], MAX_BRANCHES)) this.#readBranch(branch, 0);
    for (const relation of asObjects(tree?.['relationships'], MAX_BRANCHES)) {
      const id = asText(asObject(relation['full_product_name'])?.['product_id']);
      const part = asText(relation['product_reference']);
      const whole = asText(relation['relates_to_product_reference']);
      if (id !== undefined && part !== undefined && whole !== undefined) this.#relations.set(id, { part, whole });
    }
  }

  #readBranch(branch: JsonObject, depth: number): void {
    const product = asObject(branch['product']);
    const id = asText(product?.['product_id']);
    const helper = asObject(product?.['product_identification_helper']);
    if (id !== undefined) this.#readProduct(id, asText(helper?.['cpe']), asText(helper?.['purl']));
    if (depth === MAX_DEPTH) return;
    for (const child of asObjects(branch['branches'], MAX_BRANCHES)) this.#readBranch(child, depth + 1);
  }

  #readProduct(id: string, cpe: string | undefined, purl: string | undefined): void {
    const ecosystem = ecosystemOfCpe(cpe);
    if (ecosystem !== undefined) this.#ecosystems.set(id, ecosystem);
    const module = purl === undefined ? undefined : moduleOfPurl(purl);
    const component = purl === undefined ? componentOfName(id) : componentOfPurl(purl);
    if (module !== undefined) this.#modules.set(id, module);
    else if (component !== undefined) this.#components.set(id, component);
  }

  find(id: string): RedHatProduct | undefined {
    const relation = this.#relations.get(id);
    const component = this.#components.get(relation?.part ?? '');
    if (relation === undefined || component === undefined) return undefined;
    const { ecosystem, module } = this.#wholeOf(relation.whole, 0);
    if (ecosystem === undefined) return undefined;
    const stream = component.module ?? module;
    return { ...component, ecosystem, ...(stream === undefined ? {} : { module: stream }) };
  }

  #wholeOf(id: string, depth: number): { ecosystem?: string; module?: string } {
    const ecosystem = this.#ecosystems.get(id);
    if (ecosystem !== undefined) return { ecosystem };
    const relation = this.#relations.get(id);
    if (relation === undefined || depth === MAX_DEPTH) return {};
    const outer = this.#wholeOf(relation.whole, depth + 1);
    const module = this.#modules.get(relation.part);
    return module === undefined ? outer : { ...outer, module };
  }
}

/** `cpe:/a:redhat:enterprise_linux:9::appstream`, `cpe:/o:redhat:rhel_eus:9.2::baseos`. */
function ecosystemOfCpe(cpe: string | undefined): string | undefined {
  const product = /^cpe:\/[ao]:redhat:((?:enterprise_linux|rhel_[a-z0-9]{2,4}):.{1,100})$/.exec(cpe ?? '')?.[1];
  const key = product === undefined ? undefined : readOsvEcosystem(`Red Hat:${product}`)?.key;
  return key?.startsWith('rhel') ? key : undefined;
}

/** `pkg:rpmmod/redhat/nodejs@18:8090020231113135439:a75119d5` is the stream `nodejs:18`. */
function moduleOfPurl(text: string): string | undefined {
  const purl = text.startsWith('pkg:rpmmod/') ? parsePackageUrl(text) : undefined;
  if (!purl?.ok) return undefined;
  const stream = purl.value.version?.split(':')[0];
  return stream === undefined ? asName(purl.value.name) : asName(`${purl.value.name}:${stream}`);
}

/** Older documents name open components by their id alone: `snakeyaml`, `nodejs:18/nodejs`. */
function componentOfName(id: string): Component | undefined {
  const [, module, name] = /^(?:([\w.+-]{1,100}:[\w.+-]{1,60})\/)?([\w.+-]{1,200})$/.exec(id) ?? [];
  if (name === undefined) return undefined;
  return { name, subject: 'package', ...(module === undefined ? {} : { module }) };
}

function componentOfPurl(text: string): Component | undefined {
  const purl = text.startsWith('pkg:rpm/') ? parsePackageUrl(text) : undefined;
  const name = purl?.ok ? asName(purl.value.name) : undefined;
  if (!purl?.ok || name === undefined) return undefined;
  const { version, qualifiers } = purl.value;
  const { arch, epoch, rpmmod } = qualifiers;
  const whole = asName(version === undefined ? undefined : epoch && epoch !== '0' ? `${epoch}:${version}` : version);
  return {
    name,
    subject: arch === 'src' ? 'source' : 'package',
    ...(whole === undefined ? {} : { version: whole }),
    ...(rpmmod === undefined ? {} : { module: rpmmod.split(':', 2).join(':') }),
    ...(arch === undefined || arch === 'src' ? {} : { architecture: arch }),
  };
}
