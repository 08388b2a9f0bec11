import type { ImageConfig, Json } from '#artifact/index.ts';
import {
  type CheckFragment,
  type ChecksSummary,
  checkFiles,
  checkImageConfig,
  checkReaderId,
  type ManifestVisitor,
  type MisconfigurationFinding,
} from '#checks/index.ts';
import type { Problem } from '#foundation/index.ts';
import { type MalwareFinding, type MalwareFragment, malwareFindings, malwareReaderIds } from '#malware/index.ts';
import type { InstalledPackage, LayerOrigin } from '#model/index.ts';
import { pathsIn } from '#model/index.ts';
import {
  type SecretFinding,
  type SecretFragment,
  secretFindings,
  secretReaderId,
  secretsInConfig,
} from '#secrets/index.ts';
import { type LayerReading, layerReadings } from './layer-readings.ts';
import type { LayerReport } from './layer-report.ts';
import { withoutUsr } from './ownership.ts';
import type { SearchSettings } from './reader-set.ts';
import type { SquashedTree } from './squashed-tree.ts';

/** All that was found in files beside packages. */
export interface SearchFindings {
  readonly secrets: readonly SecretFinding[];
  readonly malware: readonly MalwareFinding[];
  readonly misconfigurations: readonly MisconfigurationFinding[];
  /** Absent where configuration was not checked. */
  readonly checks?: ChecksSummary;
  readonly problems: readonly Problem[];
}

interface Searched {
  readonly reports: readonly LayerReport[];
  readonly tree: SquashedTree;
  readonly origins: readonly LayerOrigin[];
  readonly packages: readonly InstalledPackage[];
  readonly visitManifests?: ManifestVisitor;
}

/** Turns what the searching readers found in the layers into findings. */
export function searchFindings({ secrets, malware, checks }: SearchSettings, searched: Searched): SearchFindings {
  const { reports, tree, origins, packages, visitManifests } = searched;
  const readings = <F extends Json>(reader: string) => layerReadings<F>(reader, reports, tree, origins);
  const inFiles = secrets ? secretFindings(readings<SecretFragment>(secretReaderId), secrets) : undefined;
  const suspicious = malware ? malwareReaderIds.flatMap((id) => readings<MalwareFragment>(id)) : [];
  const checked = checks ? checkFiles(readings<CheckFragment>(checkReaderId), checks, visitManifests) : undefined;
  return {
    secrets: inFiles?.findings ?? [],
    malware: malwareFindings(suspicious, { ownedPaths: ownership(suspicious, packages) }),
    misconfigurations: checked?.findings ?? [],
    ...(checked && { checks: checked.summary }),
    problems: [
      ...(inFiles && inFiles.left.length > 0 ? [leftOutNote(inFiles.left)] : []),
      ...(checked?.problems ?? []),
    ],
  };
}

/** What is wrong with an image's configuration is found without its layers. */
export function searchConfig({ secrets, checks }: SearchSettings, config: ImageConfig): SearchFindings {
  const checked = checks && checkImageConfig(config, checks);
  return {
    secrets: secrets ? secretsInConfig(config, secrets) : [],
    malware: [],
    misconfigurations: checked?.findings ?? [],
    ...(checked && { checks: checked.summary }),
    problems: checked?.problems ?? [],
  };
}

/** Answers for the files in question only: an image's packages own tens of thousands. */
function ownership(asked: readonly LayerReading[], packages: readonly InstalledPackage[]): (path: string) => boolean {
  const wanted = new Set(asked.map(({ path }) => withoutUsr(path)));
  const owned = new Set<string>();
  for (const { files } of wanted.size === 0 ? [] : packages) {
    if (files === undefined) continue;
    for (const path of pathsIn(files)) if (wanted.has(withoutUsr(path))) owned.add(withoutUsr(path));
  }
  return (path) => owned.has(withoutUsr(path));
}

function leftOutNote(left: readonly { readonly by: string; readonly count: number }[]): Problem {
  const total = left.reduce((sum, { count }) => sum + count, 0);
  const where = left.map(({ by, count }) => `${by} ${count}`).join(', ');
  const message = `What looks like a secret and was published with software, or is switched off, is not listed: ${total} (${where}).`;
  return { code: 'secrets-left-out', message, effect: 'note' };
}
