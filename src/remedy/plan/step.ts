import { compareTexts } from '#foundation/index.ts';
import { type Distribution, isSystemPackage, type PackageType } from '#model/index.ts';
import {
  type DependencyPaths,
  planRemediation,
  type Upgrade,
  type VulnerabilityFinding,
} from '#vulnerability/index.ts';
import type { FixStep } from './fix-plan.ts';
import { removedBy, urgencyOf } from './urgency.ts';

/** What steps are made from, beside the upgrades themselves. */
export interface StepContext {
  readonly paths: DependencyPaths;
  readonly distribution?: Distribution;
  /** All open findings of the place, with and without a fix. */
  readonly findings: readonly VulnerabilityFinding[];
}

/**
 * One upgrade as a step of the plan. Where it would leave the line of versions at hand and an upgrade inside the line is good for some of
 * it, these are two: the small one is safe to take at once.
 */
export function stepsOf(upgrade: Upgrade, context: StepContext): FixStep[] {
  const { type, from, to, findings } = upgrade;
  const isFar = ({ fixedVersion = to }: VulnerabilityFinding) => isBreaking(from, fixedVersion, type);
  const near = isBreaking(from, to, type) ? findings.filter((finding) => !isFar(finding)) : [];
  const [small] = near.length > 0 ? planRemediation(near, context.distribution).upgrades : [];
  if (!small || isBreaking(small.from, small.to, type)) return [stepOf(upgrade, context)];
  const gone = new Set(small.vulnerabilities);
  const rest = findings.filter(({ id }) => !gone.has(id));
  const vulnerabilities = upgrade.vulnerabilities.filter((id) => !gone.has(id));
  const large = stepOf({ ...upgrade, findings: rest, vulnerabilities }, context);
  const leaves = large.leaves.filter((id) => !gone.has(id));
  return [stepOf(small, context), { ...large, id: `${large.id}->${to}`, leaves }];
}

function stepOf(upgrade: Upgrade, context: StepContext): FixStep {
  const { type, name, from, to, findings } = upgrade;
  const [pkg] = upgrade.packages;
  const removes = removedBy(findings);
  const what = kindOf(upgrade);
  const command = planRemediation(findings, context.distribution).commands[0]?.command;
  const askers = pkg && what === 'transitive-dependency' ? context.paths.askersOf(pkg) : [];
  return {
    id: `${name}@${pkg && !isSystemPackage(type) ? pkg.version : from}`,
    what,
    name,
    packages: [...new Set(upgrade.packages.map((one) => one.name))],
    from,
    to,
    where: pkg?.origin.layer?.instruction ?? pkg?.origin.path ?? '',
    ...(command !== undefined && { command }),
    removes,
    leaves: leftBy(upgrade, context.findings),
    path: pkg ? context.paths.pathTo(pkg).map(keyOf) : [],
    through: askers.slice(0, MAX_ASKERS).map(keyOf),
    confidence: confidenceOf(upgrade),
    isBreaking: !isSystemPackage(type) && isBreaking(from, to, type),
    ...urgencyOf(removes),
  };
}

const MAX_ASKERS = 20;

const keyOf = ({ name, version }: { name: string; version: string }) => `${name}@${version}`;

function kindOf({ type, packages: [pkg] }: Upgrade): FixStep['what'] {
  if (isSystemPackage(type)) return 'system-package';
  if (pkg?.relation === 'transitive') return 'transitive-dependency';
  const isAskedFor = pkg?.relation === 'direct' || (pkg?.evidence === 'declared' && namesItself.has(pkg.cataloger));
  return isAskedFor ? 'direct-dependency' : 'dependency';
}

/** Files that name what a project asks for and nothing else. */
const namesItself = new Set(['pip-requirements', 'github-actions', 'go-mod', 'csproj', 'maven-pom']);

function confidenceOf(upgrade: Upgrade): FixStep['confidence'] {
  const [pkg] = upgrade.packages;
  if (isSystemPackage(upgrade.type)) return 'certain';
  if (pkg?.evidence === 'installed') return 'manual';
  return kindOf(upgrade) === 'direct-dependency' ? 'certain' : 'resolver';
}

/** Vulnerabilities of the same packages that this upgrade leaves. */
function leftBy({ packages, vulnerabilities }: Upgrade, findings: readonly VulnerabilityFinding[]): string[] {
  const purls = new Set(packages.map(({ purl }) => purl));
  const gone = new Set(vulnerabilities);
  const left = findings.filter(({ id, package: { purl } }) => purls.has(purl) && !gone.has(id));
  return [...new Set(left.map(({ id }) => id))].sort(compareTexts);
}

/** Ecosystems in which the first number that is not 0 tells that something may break. */
const semantic: ReadonlySet<PackageType> = new Set([
  'npm',
  'cargo',
  'golang',
  'composer',
  'hex',
  'pub',
  'gem',
  'nuget',
  'pypi',
]);

export function isBreaking(from: string, to: string, type: PackageType): boolean {
  return semantic.has(type) && lineOf(from) !== lineOf(to);
}

/** `4` of 4.17.21, `0.21` of 0.21.3. */
function lineOf(version: string): string {
  const [major = '', minor = ''] = version.replace(/^v/, '').split(/[.+-]/, 2);
  return major === '0' ? `0.${minor}` : major;
}
