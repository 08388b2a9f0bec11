import { layerOrigins } from '#analysis/index.ts';
import type { Artifact, ImageArtifact, ImageLayer } from '#artifact/index.ts';
import { mergeProblems, type Problem, programVersion } from '#foundation/index.ts';
import type { Inventory, SbomInventory } from '#inventory/index.ts';
import { redactSecrets } from '#secrets/index.ts';
import type { Unassessed } from '#vulnerability/index.ts';
import { describedArtifact } from './described-artifact.ts';
import { OriginRedaction, redactedConfig } from './redact.ts';
import type { ScannedArtifact, ScannedLayer, ScanReport } from './report.ts';
import type { Scanner } from './scanner.ts';

/** What was found to be wrong, by whose word, and what could not be said. */
export type Assessment = Pick<ScanReport, 'findings' | 'checks' | 'sources' | 'unassessed' | 'problems'>;

interface ScanParts {
  readonly artifact: Artifact;
  readonly inventory: Inventory;
  /** Where the artifact is an SBOM: what it says of itself. */
  readonly sbom?: SbomInventory | undefined;
  readonly assessed: Assessment;
  readonly scanners: readonly Scanner[];
  readonly durationMs: number;
}

/** Puts the parts of a scan together and says whether the answer is whole. */
export function composeReport(parts: ScanParts): ScanReport {
  const { artifact, inventory, assessed } = parts;
  const problems = mergeProblems([...artifact.problems, ...inventory.problems, ...assessed.problems]);
  const { checks, sources, unassessed } = assessed;
  const redaction = new OriginRedaction();
  return {
    schema: 'plimsoll.scan.v1',
    tool: { name: 'plimsoll', version: programVersion },
    createdAt: new Date().toISOString(),
    artifact: describeArtifact(artifact, parts.sbom),
    scanners: parts.scanners,
    ...(inventory.distribution && { distribution: inventory.distribution }),
    packages: inventory.packages.map((one) => redaction.package(one)),
    findings: assessed.findings.map((one) => redaction.finding(one)),
    ...(checks && { checks }),
    sources,
    unassessed,
    problems,
    assessment: isWhole(problems, unassessed) ? 'complete' : 'incomplete',
    statistics: { ...inventory.statistics, durationMs: Math.round(parts.durationMs) },
  };
}

/**
 * A package of somebody else's repository is named as not assessed but does not make the whole answer incomplete: no feed of the
 * distribution claims to speak for it. Everything else that is missing does.
 */
function isWhole(problems: readonly Problem[], unassessed: readonly Unassessed[]): boolean {
  return (
    problems.every((problem) => problem.effect !== 'incomplete') &&
    unassessed.every((item) => item.reason === 'third-party-package')
  );
}

function describeArtifact(artifact: Artifact, sbom: SbomInventory | undefined): ScannedArtifact {
  if (artifact.kind === 'document' && sbom !== undefined) return describedArtifact(artifact, sbom);
  if (artifact.kind !== 'image') {
    return { kind: 'tree', name: artifact.name, scheme: artifact.scheme, tags: [], layers: [] };
  }
  return {
    kind: 'image',
    name: artifact.name,
    scheme: artifact.scheme,
    ...(artifact.manifestDigest && { manifestDigest: artifact.manifestDigest }),
    ...(artifact.indexDigest && { indexDigest: artifact.indexDigest }),
    configDigest: artifact.configDigest,
    platform: artifact.platform,
    tags: artifact.tags,
    config: redactedConfig(artifact.config),
    layers: describeLayers(artifact),
  };
}

function describeLayers(image: ImageArtifact): ScannedLayer[] {
  const parts = layerOrigins(image).map(({ part }) => part);
  return image.layers.map((layer: ImageLayer) => ({
    index: layer.index,
    diffId: layer.diffId,
    ...(layer.blobDigest && { blobDigest: layer.blobDigest }),
    ...(layer.size !== undefined && { size: layer.size }),
    ...(layer.instruction !== undefined && { instruction: redactSecrets(layer.instruction) }),
    part: parts[layer.index] ?? 'unknown',
  }));
}
