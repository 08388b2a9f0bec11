import { mergeProblems, type Problem } from '#foundation/index.ts';
import {
  type Assembly,
  byIdentity,
  type Cataloger,
  detectDistribution,
  type Inventory,
  licenceTextReader,
  type VisibleFragment,
  withoutEmbeddedRepeats,
  withTextLicences,
} from '#inventory/index.ts';
import { type Distribution, type InstalledPackage, type LayerOrigin, packageUrl } from '#model/index.ts';
import { markOwned } from './ownership.ts';
import { withoutRepeated } from './project-records.ts';
import { DISTRIBUTION_READER } from './readers.ts';
import { withoutRedundant } from './redundant.ts';
import type { ReportedLayer } from './report-layer.ts';
import type { Visible } from './visible-files.ts';

export interface AssemblyInput {
  readonly catalogers: readonly Cataloger[];
  /** What each reader sees, by its id. */
  readonly visible: ReadonlyMap<string, Visible>;
  readonly reported: readonly ReportedLayer[];
  /** By layer; empty for a tree. */
  readonly origins: readonly LayerOrigin[];
  readonly problems: readonly Problem[];
  /** It is a directory of sources: declarations count beside what is installed. */
  readonly isProject: boolean;
}

/** Turns what is visible of an artifact into its packages. Pure. */
export function assembleInventory(input: AssemblyInput): Inventory {
  const { distribution, problems: unclear } = detectDistribution(
    distributionTexts(input.visible.get(DISTRIBUTION_READER)),
  );
  const problems = [...input.problems, ...unclear];
  const packages: InstalledPackage[] = [];
  for (const cataloger of input.catalogers) {
    const assembly = assemble(cataloger, input.visible.get(cataloger.id), distribution);
    problems.push(...assembly.problems);
    for (const found of assembly.packages) packages.push(installed(found, cataloger, input.origins, distribution));
  }
  const found = withoutEmbeddedRepeats(packages);
  const all = input.isProject ? withoutRepeated(found) : withoutRedundant(markOwned(found));
  return {
    ...(distribution ? { distribution } : {}),
    packages: withTextLicences(all, licenceTexts(input.visible.get(licenceTextReader.id))).sort(byIdentity),
    problems: mergeProblems(problems),
    statistics: {
      layers: input.origins.length,
      cachedLayers: input.reported.filter(({ cached }) => cached).length,
      entries: sum(input.reported, ({ report }) => report.entries),
      bytes: sum(input.reported, ({ report }) => report.bytes),
    },
  };
}

function distributionTexts(visible: Visible | undefined): Map<string, string> {
  const texts = [...(visible?.byAskedPath ?? [])].filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return new Map(texts);
}

function licenceTexts(visible: Visible | undefined): VisibleFragment<string>[] {
  return (visible?.fragments ?? []).filter((one): one is VisibleFragment<string> => typeof one.fragment === 'string');
}

function assemble(
  cataloger: Cataloger,
  visible: Visible | undefined,
  distribution: Distribution | undefined,
): Assembly {
  try {
    return cataloger.assemble(visible?.fragments ?? [], distribution ? { distribution } : {});
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `The cataloger ${cataloger.id} failed (${reason.slice(0, 200)}), so its packages are missing; please report it.`;
    return {
      packages: [],
      problems: [{ code: 'cataloger-failed', message, effect: 'incomplete', subject: cataloger.id }],
    };
  }
}

function installed(
  { package: found, path, layer }: Assembly['packages'][number],
  cataloger: Cataloger,
  origins: readonly LayerOrigin[],
  distribution: Distribution | undefined,
): InstalledPackage {
  const origin = origins[layer];
  return {
    ...found,
    purl: packageUrl(found, distribution),
    cataloger: cataloger.id,
    evidence: cataloger.evidence,
    origin: origin ? { path, layer: origin } : { path },
  };
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
