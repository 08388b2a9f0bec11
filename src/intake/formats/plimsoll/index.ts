import { createHash } from 'node:crypto';
import type { Submission, SubmittedArtifact, SubmittedFinding } from '#findings/index.ts';
import { asList, asMembers, asText, entriesOf, memberOf } from '#foundation/documents/index.ts';
import { err, ok, type Result } from '#foundation/index.ts';
import { packageType, parseDigest } from '#model/index.ts';
import { type SavedReport, savedReportOf } from '#scan/index.ts';
import { hasSubscription } from '#vulnerability/index.ts';
import { imageAsset } from '../../asset.ts';
import { maxFindings, maxLengths, maxPackages } from '../../bounds.ts';
import type { IntakeFormat, UploadContext, UploadedDocument } from '../../format.ts';
import { storable, storableDetails } from '../../text.ts';
import { placeOf, submittedFinding } from './finding.ts';
import { submittedPackage } from './package.ts';

export const plimsollFormat: IntakeFormat = {
  id: 'plimsoll',
  name: 'Plimsoll scan report',
  recognises: (json) => asText(memberOf(json, 'schema'))?.startsWith('plimsoll.scan.') === true,
  read,
};

function read({ json }: UploadedDocument, context: UploadContext): Result<Submission> {
  const saved = savedReportOf(json, 'the report');
  if (!saved.ok) return saved;
  const report = saved.value;
  const raw = asList(memberOf(json, 'findings')) ?? [];
  const listed = isAudit(report) ? undefined : asList(memberOf(json, 'packages'));
  if (raw.length > maxFindings) return err(`the report has more than ${maxFindings} findings`);
  if (listed && listed.length > maxPackages) return err(`the report has more than ${maxPackages} packages`);
  const packages = listed?.map(submittedPackage);
  const unreadable = packages?.indexOf(undefined) ?? -1;
  if (unreadable >= 0) return err(`the report: packages[${unreadable}] has no type, name, version or package URL`);
  const asset = context.asset ?? assetOf(report, json);
  if (asset === undefined)
    return err(
      `the report is about ${JSON.stringify(report.artifact.name.slice(0, 100))}, which is no lasting name: name the asset, e.g. project:shop/checkout`,
    );
  const known = packages?.filter((one) => one !== undefined);
  const installed = new Map(known?.map((one) => [placeOf(one), one]));
  return ok({
    tool: { name: 'plimsoll', version: storable(asText(memberOf(memberOf(json, 'tool'), 'version')) ?? '', 40) },
    createdAt: new Date(report.createdAt),
    asset,
    artifact: { ...artifactOf(report, json, asset, context), ...(isAudit(report) && { stream: 'configuration' }) },
    scanners: report.scanners,
    isComplete: report.assessment === 'complete' && !report.problems.some(({ code }) => NARROWED.has(code)),
    ...(known && { packages: known }),
    findings: report.findings.map(
      (finding, index): SubmittedFinding => submittedFinding(finding, raw[index], installed),
    ),
  });
}

/** What was left out because a user wanted it so is not gone. */
const NARROWED: ReadonlySet<string> = new Set(['findings-not-shown', 'packages-narrowed', 'checks-skipped']);

/** Of how a machine is set up, which lists no packages: it neither says that there are none, nor takes the place of a scan that does. */
function isAudit({ artifact, scanners }: SavedReport): boolean {
  return artifact.scheme === 'host' && scanners.every((scanner) => scanner === 'misconfiguration');
}

function assetOf({ artifact }: SavedReport, json: unknown): Submission['asset'] | undefined {
  const { scheme, name } = artifact;
  if (scheme === 'host') return { kind: 'host', name: storable(name, maxLengths.asset) };
  if (artifact.kind === 'tree') return undefined;
  return imageNames(json)
    .map(imageAsset)
    .find((one) => one !== undefined)?.asset;
}

/** References by which the image goes. The name of an archive or a layout is a file's. */
function imageNames(json: unknown): string[] {
  const artifact = memberOf(json, 'artifact');
  const scheme = asText(memberOf(artifact, 'scheme'));
  const name = asText(memberOf(artifact, 'name')) ?? '';
  const isNamed = scheme === 'registry' || scheme === 'docker' || scheme === 'podman' || scheme === 'containerd';
  const tags = (asList(memberOf(artifact, 'tags')) ?? []).flatMap((tag) => asText(tag) ?? []);
  return [...(isNamed ? [name] : []), ...tags].slice(0, 200);
}

function artifactOf(
  { artifact }: SavedReport,
  json: unknown,
  asset: Submission['asset'],
  context: UploadContext,
): SubmittedArtifact {
  const described = memberOf(json, 'artifact');
  const platform = platformOf(memberOf(described, 'platform'));
  const distribution = asMembers(memberOf(json, 'distribution'));
  return {
    digest: artifact.manifestDigest ?? artifact.configDigest ?? context.digest ?? contentDigest(json),
    stream: platform ?? '',
    otherDigests: ['manifestDigest', 'indexDigest', 'configDigest'].flatMap((name) => digestsAt(described, name)),
    isSubscribed: isSubscribed(json),
    ...(platform !== undefined && { platform }),
    ...(distribution && { distribution: storableDetails(Object.fromEntries(entriesOf(distribution))) }),
    facts: factsOf(artifact, memberOf(described, 'layers')),
    tags: tagsOf(json, asset),
    labels: labelsOf(memberOf(memberOf(described, 'config'), 'labels')),
  };
}

function digestsAt(described: unknown, name: string): string[] {
  const digest = parseDigest(asText(memberOf(described, name)) ?? '');
  return digest.ok ? [digest.value] : [];
}

function isSubscribed(json: unknown): boolean {
  const packages = (asList(memberOf(json, 'packages')) ?? []).flatMap((one) => {
    const type = packageType(asText(memberOf(one, 'type')) ?? '');
    return type === undefined ? [] : [{ type, version: asText(memberOf(one, 'version')) ?? '' }];
  });
  return hasSubscription(packages);
}

function platformOf(platform: unknown): string | undefined {
  const parts = ['os', 'architecture', 'variant'].flatMap((name) => asText(memberOf(platform, name)) ?? []);
  return parts.length < 2 ? undefined : storable(parts.join('/'), 100);
}

function factsOf(
  { name, scheme, configDigest, document }: SavedReport['artifact'],
  layers: unknown,
): Readonly<Record<string, unknown>> {
  const kept = (asList(layers) ?? []).slice(0, 500).map((layer) => ({
    diffId: asText(memberOf(layer, 'diffId')) ?? '',
    size: memberOf(layer, 'size') ?? null,
    instruction: storable(asText(memberOf(layer, 'instruction')) ?? '', 1000),
    part: asText(memberOf(layer, 'part')) ?? 'unknown',
  }));
  const facts = {
    name,
    scheme,
    ...(configDigest && { configDigest }),
    ...(document && { document: document.path }),
    ...(kept.length > 0 && { layers: kept }),
  };
  return storableDetails(facts, ['layers']);
}

function tagsOf(json: unknown, asset: Submission['asset']): string[] {
  if (asset.kind !== 'repository') return [];
  const named = imageNames(json).flatMap((name) => imageAsset(name) ?? []);
  return [
    ...new Set(named.flatMap(({ asset: { name }, tag }) => (name === asset.name && tag !== undefined ? [tag] : []))),
  ];
}

function labelsOf(labels: unknown): Readonly<Record<string, string>> {
  const members = asMembers(labels);
  if (members === undefined) return {};
  return Object.fromEntries(
    entriesOf(members)
      .slice(0, 200)
      .flatMap(([name, value]) => {
        const text = asText(value);
        return text === undefined ? [] : [[storable(name, maxLengths.label), storable(text, maxLengths.label)]];
      }),
  );
}

/** What has no digest of its own is the same while the same packages are in it. */
function contentDigest(json: unknown): string {
  const purls = (asList(memberOf(json, 'packages')) ?? []).map((one) => asText(memberOf(one, 'purl')) ?? '').sort();
  return `sha256:${createHash('sha256').update(JSON.stringify(purls)).digest('hex')}`;
}
