import { type ImageConfig, parseReference } from '#artifact/index.ts';
import type { Distribution, Severity } from '#model/index.ts';
import { isOpen } from '#policy/index.ts';
import { isVulnerability } from '#vulnerability/index.ts';
import type { Attestation } from '../attestations/parse.ts';
import type { Finding, ScanReport } from '../report.ts';
import { daysBetween } from './days.ts';

/** The `spec` of an Image. Its members are described in src/policy/subjects/image.ts. */
export function imageSpec(report: ScanReport, attestations: readonly Attestation[]) {
  const { artifact, distribution } = report;
  const { config } = artifact;
  return {
    ...naming(report),
    os: artifact.platform?.os ?? 'unknown',
    architecture: artifact.platform?.architecture ?? 'unknown',
    ...age(config, report.createdAt),
    ...configuration(config),
    layers: artifact.layers.map(({ diffId, part, instruction, size }) => ({
      digest: diffId,
      part,
      ...(instruction !== undefined && { instruction }),
      ...(size !== undefined && { bytes: size }),
    })),
    base: base(report),
    ...(distribution && { distribution: describeDistribution(distribution) }),
    support: supportOf(distribution, report.createdAt.slice(0, 10)),
    packages: report.packages.length,
    scanners: report.scanners,
    findings: Object.fromEntries(KINDS.map((kind) => [kind, countsOf(kind, report.findings)])),
    exploited: report.findings.filter(isExploited).length,
    isExploitationKnown: report.sources.some(({ source }) => source === 'kev'),
    assessment: report.assessment,
    notAssessed: notAssessed(report),
    signature: 'unknown',
    attestations: attestations.map(({ predicateType }) => ({ predicateType, verification: 'unknown' })),
  };
}

function naming({ artifact }: ScanReport) {
  const { name, scheme, document, tags, manifestDigest, indexDigest, configDigest } = artifact;
  // Files and directories are no references, though some would parse as one.
  const isNamedInRegistry = scheme !== 'archive' && scheme !== 'oci' && scheme !== 'sbom';
  const reference = isNamedInRegistry ? parseReference(name) : undefined;
  const parts = reference?.ok ? reference.value : undefined;
  return {
    name,
    scheme,
    isDescribed: document !== undefined,
    isPinned: parts?.digest !== undefined,
    ...(parts && { registry: parts.registry, repository: parts.repository }),
    ...(parts?.tag !== undefined && { tag: parts.tag }),
    tags,
    ...(manifestDigest && { digest: manifestDigest }),
    ...(indexDigest && { indexDigest }),
    ...(configDigest && { configDigest }),
  };
}

/** Nothing was in a container before 2013: what is older is the fixed time of a reproducible build. */
const FIRST_REAL_DATE = '2013';

function age(config: ImageConfig | undefined, now: string) {
  const { created } = config ?? {};
  if (created === undefined || created < FIRST_REAL_DATE) return {};
  const ageDays = daysBetween(created, now);
  return ageDays === undefined ? {} : { created, ageDays };
}

function configuration(config: ImageConfig | undefined) {
  const { user = '', env = [], exposedPorts = [], volumes = [], labels = {}, entrypoint = [], cmd = [] } = config ?? {};
  return {
    hasConfiguration: config !== undefined,
    user,
    runsAsRoot: isRoot(user),
    ports: exposedPorts,
    volumes,
    envNames: env.map((one) => one.split('=', 1)[0] ?? ''),
    labels,
    entrypoint,
    command: cmd,
    hasHealthcheck: hasHealthcheck(config?.healthcheck),
  };
}

/** `user[:group]`, by name or number. */
function isRoot(user: string): boolean {
  const name = user.split(':', 1)[0]?.trim() ?? '';
  return name === '' || name === 'root' || /^0+$/.test(name);
}

function hasHealthcheck(healthcheck: unknown): boolean {
  if (typeof healthcheck !== 'object' || healthcheck === null || !('Test' in healthcheck)) return false;
  const { Test: test } = healthcheck;
  return Array.isArray(test) && test.length > 0 && test[0] !== 'NONE';
}

function base({ artifact }: ScanReport) {
  const layers = artifact.layers.filter(({ part }) => part === 'base').length;
  const labels = new Map(Object.entries(artifact.config?.labels ?? {}));
  const name = labels.get('org.opencontainers.image.base.name');
  const digest = labels.get('org.opencontainers.image.base.digest');
  return {
    isKnown: artifact.layers.length > 0 && artifact.layers.every(({ part }) => part !== 'unknown'),
    layers,
    ...(name && { name }),
    ...(digest && { digest }),
  };
}

function describeDistribution({ id, version, name, distroless, endOfLife }: Distribution) {
  return {
    id,
    ...(version !== undefined && { version }),
    name,
    isDistroless: distroless === true,
    ...(endOfLife && { endOfLife: endOfLife.date }),
    ...(endOfLife?.longTermDate !== undefined && { longTermEnd: endOfLife.longTermDate }),
  };
}

function supportOf(distribution: Distribution | undefined, today: string): string {
  const { endOfLife } = distribution ?? {};
  if (endOfLife === undefined) return 'unknown';
  if (today <= endOfLife.date) return 'regular';
  return endOfLife.longTermDate !== undefined && today <= endOfLife.longTermDate ? 'long-term' : 'ended';
}

const KINDS = ['vulnerability', 'secret', 'malware', 'misconfiguration', 'licence'] as const;

function countsOf(kind: (typeof KINDS)[number], findings: readonly Finding[]) {
  const own = findings.filter((finding) => finding.kind === kind);
  const open = own.filter(isOpen);
  return {
    open: bySeverity(open),
    decided: bySeverity(own.filter((finding) => !isOpen(finding))),
    fixable: bySeverity(open.filter((finding) => isVulnerability(finding) && finding.state === 'fixed')),
  };
}

function bySeverity(findings: readonly Finding[]): Record<Severity | 'total', number> {
  const counts = { total: findings.length, critical: 0, high: 0, medium: 0, low: 0, info: 0, unknown: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}

function isExploited(finding: Finding): boolean {
  return isVulnerability(finding) && isOpen(finding) && finding.enrichment.kev !== undefined;
}

const MAX_REASONS = 50;

function notAssessed({ assessment, unassessed, problems }: ScanReport): string[] {
  if (assessment === 'complete') return [];
  const holes = unassessed.filter(({ reason }) => reason !== 'third-party-package').map(({ message }) => message);
  const missing = problems.filter(({ effect }) => effect === 'incomplete').map(({ message }) => message);
  return [...new Set([...holes, ...missing])].slice(0, MAX_REASONS);
}
