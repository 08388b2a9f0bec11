import type { FindingBase, InstalledPackage, Severity } from '#model/index.ts';
import data from '../../content/licences/categories.json' with { type: 'json' };
import type { LicenceTree } from './expression.ts';
import { normaliseLicence, renderLicence } from './normalise.ts';

/** What a licence asks of whoever passes the software on: see content/licences/categories.json. */
export type LicenceCategory =
  | 'unencumbered'
  | 'permissive'
  | 'weak-copyleft'
  | 'strong-copyleft'
  | 'network-copyleft'
  | 'restricted-use'
  /** Nobody said, in words that are not understood, or a licence that is in no category. */
  | 'unknown';

/** Least first. What is unknown weighs more than what surely asks little, and less than what surely asks much. */
export const licenceCategories: readonly LicenceCategory[] = [
  'unencumbered',
  'permissive',
  'weak-copyleft',
  'unknown',
  'strong-copyleft',
  'network-copyleft',
  'restricted-use',
];

const categoryById: ReadonlyMap<string, LicenceCategory> = new Map(
  data.categories.flatMap(({ id, licences }) => {
    const category = licenceCategories.find((one) => one === id);
    return category === undefined ? [] : licences.map((licence) => [licence, category] as const);
  }),
);
const softening: ReadonlySet<string> = new Set(data.softenedBy);

/** Of `A AND B` the heavier counts, of `A OR B` the lighter: whoever passes the software on may choose. */
function categoryOf(tree: LicenceTree): LicenceCategory {
  if (tree.kind !== 'licence') {
    const ranks = tree.parts.map((part) => licenceCategories.indexOf(categoryOf(part)));
    return licenceCategories[tree.kind === 'and' ? Math.max(...ranks) : Math.min(...ranks)] ?? 'unknown';
  }
  const category = categoryById.get(tree.id) ?? 'unknown';
  const isSoftened = tree.exception !== undefined && softening.has(tree.exception);
  return isSoftened && category === 'strong-copyleft' ? 'weak-copyleft' : category;
}

export interface LicenceJudgement {
  /** As SPDX writes it, or the record's own words where they are not understood. */
  readonly expression: string;
  readonly category: LicenceCategory;
}

/** All that a package's records say about its licence, taken together: every statement holds. */
export function judgeLicences(statements: readonly string[]): LicenceJudgement {
  const normal = statements.map((text) => normaliseLicence(text)?.tree);
  const understood = normal.filter((tree) => tree !== undefined);
  const words = statements.filter((_, index) => normal[index] === undefined);
  const parts = [...new Set([...understood.map(renderPart), ...words.map((text) => text.trim().slice(0, 200))])];
  const [only] = understood;
  const tree: LicenceTree | undefined = understood.length > 1 ? { kind: 'and', parts: understood } : only;
  const known = tree === undefined ? 'unknown' : categoryOf(tree);
  return { expression: parts.join(' AND '), category: words.length > 0 ? heavier(known, 'unknown') : known };
}

function renderPart(tree: LicenceTree): string {
  return tree.kind === 'or' ? `(${renderLicence(tree)})` : renderLicence(tree);
}

function heavier(a: LicenceCategory, b: LicenceCategory): LicenceCategory {
  return licenceCategories.indexOf(a) > licenceCategories.indexOf(b) ? a : b;
}

/** A package under a licence that somebody should have decided about. */
export interface LicenceFinding extends FindingBase {
  readonly kind: 'licence';
  /** The expression, or `no-licence`. */
  readonly id: string;
  readonly title: string;
  readonly category: LicenceCategory;
  readonly package: InstalledPackage;
}

const SEVERITIES: ReadonlyMap<LicenceCategory, Severity> = new Map([
  ['restricted-use', 'high'],
  ['network-copyleft', 'medium'],
  ['strong-copyleft', 'low'],
  ['unknown', 'low'],
]);

/**
 * One finding for each package in scope whose licence restricts use, is copyleft beyond the component itself, or is not known.
 */
export function licenceFindings(
  packages: readonly InstalledPackage[],
  isInScope: (one: InstalledPackage) => boolean,
): LicenceFinding[] {
  return packages.filter(isInScope).flatMap((one) => {
    const { expression, category } = judgeLicences(one.licences);
    const severity = SEVERITIES.get(category);
    if (severity === undefined) return [];
    const id = expression === '' ? 'no-licence' : expression;
    return [{ kind: 'licence', id, severity, title: titleOf(expression, category), category, package: one }];
  });
}

function titleOf(expression: string, category: LicenceCategory): string {
  if (expression === '') return 'No licence is stated: nobody may use, change or pass it on';
  if (category === 'unknown') return 'What the licence asks is not known';
  const meaning = data.categories.find(({ id }) => id === category)?.meaning ?? category;
  return meaning;
}
