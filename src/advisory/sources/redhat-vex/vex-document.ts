import type { Advisory, AffectedPackage, AffectedStatus, Score } from '../../advisory.ts';
import {
  asDate,
  asId,
  asLine,
  asLinks,
  asObject,
  asObjects,
  asText,
  asTexts,
  type JsonObject,
} from '../../documents/json-values.ts';
import { packageKey } from '../../ecosystem.ts';
import { severityFromWord } from '../../severity-words.ts';
import { ProductTree, type RedHatProduct } from './products.ts';

const MANY = 2_000_000;

export interface VexRead {
  /** Absent where the document says nothing of Red Hat Enterprise Linux. */
  readonly advisory?: Advisory;
  readonly modified?: string;
}

/** Reads one document: a CVE, and its state in each package of each product. */
export function parseVexDocument(value: unknown): VexRead | undefined {
  const root = asObject(value);
  const about = asObject(root?.['document']);
  const [vulnerability] = asObjects(root?.['vulnerabilities'], 1);
  const id = asId(vulnerability?.['cve']);
  if (root === undefined || about === undefined || vulnerability === undefined || id === undefined) return undefined;
  const modified = asDate(asObject(about['tracking'])?.['current_release_date']);
  const affected = affectedBy(vulnerability, new ProductTree(root));
  const common = modified === undefined ? {} : { modified };
  if (affected.length === 0) return common;
  return { ...common, advisory: { ...headOf(id, about, vulnerability), ...common, affected } };
}

function headOf(id: string, about: JsonObject, vulnerability: JsonObject): Omit<Advisory, 'affected'> {
  const summary = asLine(about['title'], 300);
  const severity = severityFromWord(asText(asObject(about['aggregate_severity'])?.['text']));
  const published = asDate(vulnerability['release_date']);
  return {
    id,
    source: 'redhat-vex',
    aliases: [],
    bundles: [],
    ...(summary === undefined ? {} : { summary }),
    ...(severity === undefined ? {} : { severity }),
    scores: scoresOf(vulnerability),
    ...(published === undefined ? {} : { published }),
    references: asLinks(
      [
        `https://access.redhat.com/security/cve/${id}`,
        ...asObjects(vulnerability['references'], 200).map(({ url }) => url),
      ],
      12,
    ),
  };
}

function scoresOf(vulnerability: JsonObject): readonly Score[] {
  const scores = asObjects(vulnerability['scores'], MANY).flatMap((score): Score[] => {
    const value = asText(asObject(score['cvss_v3'])?.['vectorString']);
    return value !== undefined && /^CVSS:3\.[01]\/[A-Z:/]{1,200}$/.test(value) ? [{ type: 'CVSS_V3', value }] : [];
  });
  return [...new Map(scores.map((score) => [score.value, score])).values()].slice(0, 4);
}

function affectedBy(vulnerability: JsonObject, tree: ProductTree): AffectedPackage[] {
  const status = asObject(vulnerability['product_status']) ?? {};
  const productsIn = (name: string): (RedHatProduct & { id: string })[] =>
    asTexts(status[name], MANY).flatMap((id) => {
      const product = tree.find(id);
      return product === undefined ? [] : [{ ...product, id }];
    });
  const reasons = reasonsOf(vulnerability);
  const statements = new Statements();
  // The source stands beside what is built from it, which is what is installed.
  for (const product of productsIn('fixed'))
    if (product.subject === 'package' && product.version !== undefined && !isForDebugging(product))
      statements.fixed(product, product.version);
  for (const product of productsIn('known_affected')) statements.open(product, reasons.get(product.id) ?? 'affected');
  for (const product of productsIn('under_investigation')) statements.open(product, 'under-investigation');
  // Builds that a notice lists beside what it mends were never in question; packages are, where their source is affected.
  for (const product of productsIn('known_not_affected'))
    if (product.version === undefined) statements.open(product, 'not-affected');
  return statements.list();
}

/** Why there is no fix, by product: https://redhatproductsecurity.github.io/security-data-guidelines/csaf-vex/#remediations */
function reasonsOf(vulnerability: JsonObject): ReadonlyMap<string, AffectedStatus> {
  const reasons = new Map<string, AffectedStatus>();
  for (const remediation of asObjects(vulnerability['remediations'], MANY)) {
    const details = asText(remediation['details'])?.toLowerCase() ?? '';
    const reason = reasonIn(asText(remediation['category']), details);
    if (reason !== undefined) for (const id of asTexts(remediation['product_ids'], MANY)) reasons.set(id, reason);
  }
  return reasons;
}

function reasonIn(category: string | undefined, details: string): AffectedStatus | undefined {
  if (category === 'no_fix_planned') return details.includes('out of support') ? 'end-of-life' : 'will-not-fix';
  if (category === 'none_available') return details.includes('deferred') ? 'deferred' : 'affected';
  return undefined;
}

/** One statement for each package and version of a release; architectures only where they differ. */
class Statements {
  readonly #fixed = new Map<
    string,
    { readonly product: RedHatProduct; readonly version: string; readonly architectures: Set<string> }
  >();
  readonly #versions = new Map<string, Set<string>>();
  readonly #open = new Map<string, AffectedPackage>();

  fixed(product: RedHatProduct, version: string): void {
    const group = [product.ecosystem, product.name, product.module ?? ''].join('\0');
    const key = `${group}\0${version}`;
    const known = this.#fixed.get(key) ?? { product, version, architectures: new Set<string>() };
    this.#fixed.set(key, known);
    known.architectures.add(product.architecture ?? 'noarch');
    this.#versions.set(group, (this.#versions.get(group) ?? new Set()).add(version));
  }

  /** Where a document does not say whether it names a source or what is built from it, what is open is open in both. */
  open(product: RedHatProduct, status: AffectedStatus): void {
    const isNeither = product.subject === 'package' && product.architecture === undefined && status !== 'not-affected';
    if (isNeither) this.#put({ ...product, subject: 'source' }, status);
    this.#put(product, status);
  }

  #put(product: RedHatProduct, status: AffectedStatus): void {
    const ranges = status === 'not-affected' ? [] : [{}];
    const key = [product.ecosystem, product.name, product.subject, product.module ?? ''].join('\0');
    if (!this.#open.has(key)) this.#open.set(key, statementOf(product, status, ranges));
  }

  list(): AffectedPackage[] {
    const fixed = [...this.#fixed.values()].map(({ product, version, architectures }) => {
      const group = [product.ecosystem, product.name, product.module ?? ''].join('\0');
      const isEverywhere = this.#versions.get(group)?.size === 1 || architectures.has('noarch');
      const statement = statementOf(product, 'fixed', [{ fixed: version }]);
      return isEverywhere ? statement : { ...statement, architectures: [...architectures].sort() };
    });
    // What is said not to be affected is only worth saying where something else of the release is.
    const releases = new Set([...this.#open.values()].filter(isInQuestion).map(({ ecosystem }) => ecosystem));
    const open = [...this.#open.values()].filter((one) => isInQuestion(one) || releases.has(one.ecosystem));
    return [...fixed, ...open];
  }
}

/** Symbols and sources for debuggers: nothing in them runs. */
function isForDebugging({ name }: RedHatProduct): boolean {
  return name.endsWith('-debuginfo') || name.endsWith('-debugsource');
}

function isInQuestion({ status }: AffectedPackage): boolean {
  return status !== 'not-affected';
}

function statementOf(
  { ecosystem, name, subject, module }: RedHatProduct,
  status: AffectedStatus,
  ranges: AffectedPackage['ranges'],
): AffectedPackage {
  return {
    ecosystem,
    name: packageKey(ecosystem, name),
    subject,
    scheme: 'rpm',
    status,
    ranges,
    versions: [],
    ...(module === undefined ? {} : { module }),
  };
}
