import { classifyLicence } from '#licences/index.ts';
import { type Fact, type InstalledPackage, packageFacts } from '#model/index.ts';
import type { ScannedArtifact, ScanReport } from '#scan/index.ts';
import type { Needs } from './dependency-graph.ts';

/** What a format has places of its own for; everything else is written as facts, so that nothing is lost. */
export interface OwnPlaces {
  readonly facts: ReadonlySet<string>;
  /** Licences come back one by one, rather than as one expression. */
  readonly separateLicences: boolean;
}

/** What is known of a package and has no place of its own in the format. `files` asks for the list of its files as well. */
export function factsBeyond(
  one: InstalledPackage,
  places: OwnPlaces,
  needs: Needs | undefined,
  files: boolean | undefined,
): Fact[] {
  const exactLicences = keepsLicences(one.licences, places.separateLicences);
  const facts = packageFacts(one).filter(([name]) => !places.facts.has(name) && !(exactLicences && name === 'licence'));
  if (files && one.files !== undefined) facts.push(['files', one.files]);
  if (needs?.ids.length === 0 && needs.missing.length === 0) facts.push(['dependencies', 'none']);
  for (const name of needs?.missing ?? []) facts.push(['needs', name]);
  return facts;
}

/** Whether a reader gets the same texts back: ids and expressions as the SPDX list spells them. */
function keepsLicences(texts: readonly string[], separate: boolean): boolean {
  const isExact = (text: string): boolean => {
    const licence = classifyLicence(text);
    return licence.kind === 'id' ? licence.id === text : licence.kind === 'expression' && licence.expression === text;
  };
  if (texts.length <= 1) return texts.every(isExact);
  const isListed = (text: string): boolean => classifyLicence(text).kind === 'id' && isExact(text);
  return separate && new Set(texts).size === texts.length && texts.every(isListed);
}

export function artifactFacts(artifact: ScannedArtifact): Fact[] {
  const { manifestDigest, indexDigest, configDigest, platform } = artifact;
  return [
    ['kind', artifact.kind],
    ['scheme', originalScheme(artifact)],
    ...(manifestDigest === undefined ? [] : [['manifestDigest', manifestDigest] as const]),
    ...(indexDigest === undefined ? [] : [['indexDigest', indexDigest] as const]),
    ...(configDigest === undefined ? [] : [['configDigest', configDigest] as const]),
    ...(platform === undefined ? [] : [['platform', JSON.stringify(platform)] as const]),
    ...artifact.tags.map((tag): Fact => ['tag', tag]),
    ...artifact.layers.map((layer): Fact => ['layer', JSON.stringify(layer)]),
  ];
}

/** How the artifact was opened, though it may be known from an SBOM now. */
export function originalScheme({ document, scheme }: ScannedArtifact): ScannedArtifact['scheme'] {
  return document?.scheme ?? scheme;
}

/** By whose word, and what is missing: an SBOM is passed on, and its readers should know too. */
export function reportFacts(report: ScanReport): Fact[] {
  const { document } = report.artifact;
  return [
    ['assessment', report.assessment],
    ...(document === undefined ? [] : [['convertedFrom', JSON.stringify(document)] as const]),
    ...report.sources.map((one): Fact => ['source', `${one.source} as of ${one.asOf}`]),
    ...report.unassessed.map(
      (one): Fact => ['unassessed', `${one.reason}: ${one.packages} (${one.examples.join(', ')}): ${one.message}`],
    ),
    ...report.problems.map((one): Fact => ['problem', JSON.stringify(one)]),
  ];
}
