import type { SubmittedFinding } from '#findings/index.ts';
import { asList, memberOf, textsOf } from '#foundation/documents/index.ts';
import { err, ok } from '#foundation/index.ts';
import { imageAsset } from '../../asset.ts';
import { maxFindings, maxLengths } from '../../bounds.ts';
import type { IntakeFormat } from '../../format.ts';
import {
  importArtifact,
  importedVulnerability,
  needsAsset,
  severityOf,
  textAt,
  timeOf,
  toolOf,
} from '../../imported.ts';
import { storable } from '../../text.ts';

/** https://github.com/anchore/grype/tree/main/schema/grype */
export const grypeFormat: IntakeFormat = {
  id: 'grype',
  name: 'Grype JSON',
  recognises: (json) =>
    textAt(json, 'descriptor', 'name') === 'grype' && asList(memberOf(json, 'matches')) !== undefined,
  read({ json }, context) {
    const matches = asList(memberOf(json, 'matches')) ?? [];
    if (matches.length > maxFindings) return err(`it has more than ${maxFindings} matches`);
    const image = imageOf(json);
    const asset = context.asset ?? image?.asset;
    if (asset === undefined) return err(needsAsset);
    return ok({
      tool: toolOf('grype', textAt(json, 'descriptor', 'version'), 'grype'),
      createdAt: timeOf(textAt(json, 'descriptor', 'timestamp'), context.receivedAt),
      asset,
      artifact: image
        ? imageArtifact(json, asset.name, context.digest)
        : importArtifact('grype', context.digest, { format: 'Grype' }),
      scanners: ['vulnerability'],
      isComplete: true,
      findings: matches.map(findingOf),
    });
  },
};

function imageOf(json: unknown) {
  if (textAt(json, 'source', 'type') !== 'image') return undefined;
  return imageAsset(textAt(json, 'source', 'target', 'userInput') ?? '');
}

function imageArtifact(json: unknown, repository: string, digest: string | undefined) {
  const target = memberOf(memberOf(json, 'source'), 'target');
  const named = digest ?? (textAt(target, 'manifestDigest') || textAt(target, 'imageID') || undefined);
  const parts = ['os', 'architecture'].flatMap((name) => textAt(target, name) || []);
  const platform = parts.length < 2 ? undefined : storable(parts.join('/'), 100);
  const tags = [...textsOf(memberOf(target, 'tags')), textAt(target, 'userInput') ?? '']
    .flatMap((name) => imageAsset(name) ?? [])
    .flatMap(({ asset, tag }) => (asset.name === repository && tag !== undefined ? [tag] : []));
  const otherwise = importArtifact('grype', named === undefined ? undefined : storable(named, 200), {
    format: 'Grype',
  });
  return {
    ...otherwise,
    stream: named === undefined ? otherwise.stream : (platform ?? ''),
    ...(platform !== undefined && { platform }),
    tags: [...new Set(tags)].slice(0, 200).map((tag) => storable(tag, maxLengths.tag)),
  };
}

function findingOf(match: unknown): SubmittedFinding {
  const vulnerability = memberOf(match, 'vulnerability');
  const artifact = memberOf(match, 'artifact');
  const related = asList(memberOf(match, 'relatedVulnerabilities')) ?? [];
  const purl = textAt(artifact, 'purl') || undefined;
  const places = asList(memberOf(artifact, 'locations')) ?? [];
  return importedVulnerability({
    id: textAt(vulnerability, 'id') ?? 'unknown',
    aliases: related.flatMap((one) => textAt(one, 'id') ?? []),
    package: {
      type: (purl && /^pkg:([^/]+)\//.exec(purl)?.[1]) ?? textAt(artifact, 'type') ?? 'generic',
      name: textAt(artifact, 'name') ?? '',
      version: textAt(artifact, 'version') ?? '',
      ...(purl !== undefined && { purl }),
    },
    severity: severityOf(textAt(vulnerability, 'severity')),
    title: textAt(vulnerability, 'description') ?? textAt(related[0], 'description'),
    path: (textAt(places[0], 'path') ?? '').replace(/^\//, ''),
    isExploited: (asList(memberOf(vulnerability, 'knownExploited')) ?? []).length > 0,
    details: {
      tool: 'grype',
      fixedVersion: textsOf(memberOf(memberOf(vulnerability, 'fix'), 'versions'))[0],
      state: textAt(vulnerability, 'fix', 'state'),
      references: textsOf(memberOf(vulnerability, 'urls')).slice(0, 20),
      source: textAt(vulnerability, 'namespace'),
    },
  });
}
