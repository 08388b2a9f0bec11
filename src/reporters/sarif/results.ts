import { printable } from '#foundation/index.ts';
import type { InstalledPackage } from '#model/index.ts';
import type { ScanReport } from '#scan/index.ts';
import type { VulnerabilityFinding } from '#vulnerability/index.ts';
import { fingerprint, percentEncoded } from '../identity.ts';
import { stateWords } from '../wording.ts';
import { limits, shortText } from './limits.ts';
import { levelOf } from './rules.ts';

interface ResultContext {
  /** What stays the same between two builds of one image: its name without tag and digest. */
  readonly lineage: string;
  readonly ruleIndex: ReadonlyMap<string, number>;
}

export function resultContext(report: ScanReport, rules: ReadonlyMap<string, unknown>): ResultContext {
  return {
    lineage: report.artifact.name.replace(/@.*$/s, '').replace(/:[\w][\w.-]*$/, ''),
    ruleIndex: new Map([...rules.keys()].map((id, index) => [id, index])),
  };
}

export function result(one: VulnerabilityFinding, context: ResultContext): unknown {
  const { package: owner } = one;
  return {
    ruleId: one.id,
    ruleIndex: context.ruleIndex.get(one.id),
    level: levelOf(one.severity),
    message: { text: message(one) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: relativeUri(owner.origin.path), uriBaseId: 'ROOTFS' },
          region: { startLine: 1 },
        },
        logicalLocations: logicalLocations(owner),
      },
    ],
    partialFingerprints: {
      primaryLocationLineHash: `${identityOf(one, context).slice(0, 16)}:1`,
      'plimsoll/v1': identityOf(one, context),
    },
    properties: {
      state: one.state,
      severity: one.severity,
      package: printable(owner.name),
      installedVersion: printable(owner.version),
      fixedVersion: one.fixedVersion === undefined ? undefined : printable(one.fixedVersion),
      purl: owner.purl,
    },
  };
}

/** Without versions, layer and image tag: the same finding in the next build is the same alert. */
function identityOf(one: VulnerabilityFinding, { lineage }: ResultContext): string {
  return fingerprint(
    lineage,
    one.id,
    one.package.type,
    one.package.name,
    one.package.architecture ?? '',
    one.package.origin.path,
  );
}

function message(one: VulnerabilityFinding): string {
  const { name, version, source } = one.package;
  const built = source && source.name !== name ? ` (built from ${source.name} ${source.version})` : '';
  const fix = one.fixedVersion === undefined ? `${stateWords[one.state]}.` : `fixed in ${one.fixedVersion}.`;
  return shortText(
    `${one.id} (${one.severity}) in ${name} ${version}${built}: ${fix} ${one.summary ?? ''}`.trim(),
    limits.messageText,
  );
}

function logicalLocations(owner: InstalledPackage): unknown[] {
  const { layer } = owner.origin;
  const name = `${printable(owner.name)}@${printable(owner.version)}`;
  return [
    { name, fullyQualifiedName: owner.purl, kind: 'package' },
    ...(layer
      ? [{ name: `layer ${layer.index} (${layer.part})`, fullyQualifiedName: layer.diffId, kind: 'layer' }]
      : []),
  ];
}

/** A path as a relative URI reference. Dot segments would be resolved by readers, so they are spelled out of the way. */
function relativeUri(path: string): string {
  return path
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.' && segment !== '..')
    .map((segment) => percentEncoded(segment))
    .join('/');
}
