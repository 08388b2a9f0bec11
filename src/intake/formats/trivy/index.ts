import type { SubmittedFinding } from '#findings/index.ts';
import { asList, asText, memberOf, textsOf } from '#foundation/documents/index.ts';
import { err, ok } from '#foundation/index.ts';
import { imageAsset } from '../../asset.ts';
import { maxFindings, maxLengths } from '../../bounds.ts';
import type { IntakeFormat } from '../../format.ts';
import {
  importArtifact,
  importedPlace,
  importedVulnerability,
  needsAsset,
  numberOf,
  severityOf,
  textAt,
  timeOf,
  toolOf,
} from '../../imported.ts';
import { storable } from '../../text.ts';

/** https://trivy.dev/latest/docs/configuration/reporting/#json */
export const trivyFormat: IntakeFormat = {
  id: 'trivy',
  name: 'Trivy JSON',
  recognises: (json) => memberOf(json, 'SchemaVersion') === 2 && textAt(json, 'ArtifactName') !== undefined,
  read({ json }, context) {
    const results = asList(memberOf(json, 'Results')) ?? [];
    const findings = results.flatMap(findingsOf);
    if (findings.length > maxFindings) return err(`it has more than ${maxFindings} findings`);
    const image =
      textAt(json, 'ArtifactType') === 'container_image' ? imageAsset(textAt(json, 'ArtifactName') ?? '') : undefined;
    const asset = context.asset ?? image?.asset;
    if (asset === undefined) return err(needsAsset);
    return ok({
      tool: toolOf('trivy', textAt(json, 'Trivy', 'Version'), 'trivy'),
      createdAt: timeOf(textAt(json, 'CreatedAt'), context.receivedAt),
      asset,
      artifact: image
        ? imageArtifact(json, asset.name, context.digest)
        : importArtifact('trivy', context.digest, { format: 'Trivy' }),
      // It does not say what it looked for: only of what it tells something is anything known.
      scanners: [...new Set(results.flatMap(kindOf))],
      isComplete: true,
      findings,
    });
  },
};

function kindOf(result: unknown): string[] {
  const kind = KINDS.get(textAt(result, 'Class') ?? '');
  return kind === undefined ? [] : [kind];
}

const KINDS: ReadonlyMap<string, string> = new Map([
  ['os-pkgs', 'vulnerability'],
  ['lang-pkgs', 'vulnerability'],
  ['secret', 'secret'],
  ['config', 'misconfiguration'],
]);

function imageArtifact(json: unknown, repository: string, digest: string | undefined) {
  const metadata = memberOf(json, 'Metadata');
  const image = textAt(metadata, 'ImageID');
  const references = textsOf(memberOf(metadata, 'RepoDigests')).map((one) => one.split('@'));
  const own = references.find(([name = '']) => imageAsset(name)?.asset.name === repository)?.[1];
  const parts = ['os', 'architecture', 'variant'].flatMap((name) => textAt(metadata, 'ImageConfig', name) ?? []);
  const platform = parts.length < 2 ? undefined : storable(parts.join('/'), 100);
  const tags = [...textsOf(memberOf(metadata, 'RepoTags')), textAt(json, 'ArtifactName') ?? '']
    .flatMap((name) => imageAsset(name) ?? [])
    .flatMap(({ asset, tag }) => (asset.name === repository && tag !== undefined ? [tag] : []));
  const named = digest ?? own ?? image;
  const otherwise = importArtifact('trivy', named === undefined ? undefined : storable(named, 200), {
    format: 'Trivy',
  });
  return {
    ...otherwise,
    stream: named === undefined ? otherwise.stream : (platform ?? ''),
    ...(platform !== undefined && { platform }),
    tags: [...new Set(tags)].slice(0, 200).map((tag) => storable(tag, maxLengths.tag)),
  };
}

function findingsOf(result: unknown): SubmittedFinding[] {
  const target = textAt(result, 'Target') ?? '';
  const type = textAt(result, 'Type') ?? 'generic';
  const listed = (name: string) => asList(memberOf(result, name)) ?? [];
  return [
    ...listed('Vulnerabilities').map((one) => vulnerabilityOf(one, target, type)),
    ...listed('Secrets').map((one) =>
      importedPlace({
        kind: 'secret',
        rule: `trivy:${textAt(one, 'RuleID') ?? 'secret'}`,
        severity: severityOf(textAt(one, 'Severity')),
        title: textAt(one, 'Title') ?? 'Secret',
        path: target,
        line: numberOf(memberOf(one, 'StartLine')),
        // What it matched is the secret itself: it is not kept.
        details: { tool: 'trivy', category: textAt(one, 'Category') },
      }),
    ),
    ...listed('Misconfigurations')
      .filter((one) => (textAt(one, 'Status') ?? 'FAIL') === 'FAIL')
      .map((one) =>
        importedPlace({
          kind: 'misconfiguration',
          rule: `trivy:${textAt(one, 'ID') ?? 'check'}`,
          severity: severityOf(textAt(one, 'Severity')),
          title: textAt(one, 'Title') ?? textAt(one, 'Message') ?? 'Misconfiguration',
          path: target,
          line: numberOf(memberOf(memberOf(one, 'CauseMetadata'), 'StartLine')),
          details: { tool: 'trivy', message: textAt(one, 'Message'), resolution: textAt(one, 'Resolution') },
        }),
      ),
  ];
}

function vulnerabilityOf(one: unknown, target: string, type: string): SubmittedFinding {
  const purl = textAt(one, 'PkgIdentifier', 'PURL');
  return importedVulnerability({
    id: textAt(one, 'VulnerabilityID') ?? 'unknown',
    aliases: textsOf(memberOf(one, 'VendorIDs')),
    package: {
      type: purl === undefined ? type : (/^pkg:([^/]+)\//.exec(purl)?.[1] ?? type),
      name: textAt(one, 'PkgName') ?? '',
      version: textAt(one, 'InstalledVersion') ?? '',
      ...(purl !== undefined && { purl }),
    },
    severity: severityOf(textAt(one, 'Severity')),
    title: textAt(one, 'Title'),
    path: textAt(one, 'PkgPath') ?? target,
    details: {
      tool: 'trivy',
      fixedVersion: asText(memberOf(one, 'FixedVersion')),
      state: textAt(one, 'Status'),
      summary: textAt(one, 'Description'),
      references: textsOf(memberOf(one, 'References')).slice(0, 20),
      severitySource: textAt(one, 'SeveritySource'),
    },
  });
}
