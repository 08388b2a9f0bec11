import { createHash } from 'node:crypto';
import type { Submission } from '#findings/index.ts';
import { memberOf } from '#foundation/documents/index.ts';
import { err, ok, type Result } from '#foundation/index.ts';
import { inventoryOf, readSbomMembers, type SbomInventory } from '#inventory/index.ts';
import { hasSubscription } from '#vulnerability/index.ts';
import { imageAsset } from '../../asset.ts';
import { maxLengths, maxPackages } from '../../bounds.ts';
import type { IntakeFormat, UploadContext } from '../../format.ts';
import { needsAsset, textAt, timeOf } from '../../imported.ts';
import { storable, storableDetails } from '../../text.ts';
import { submittedPackage } from '../plimsoll/package.ts';

/** https://cyclonedx.org/specification/overview/ — as JSON. */
export const cycloneDxFormat: IntakeFormat = {
  id: 'cyclonedx',
  name: 'CycloneDX SBOM',
  recognises: (json) => textAt(json, 'bomFormat') === 'CycloneDX',
  read: ({ json }, context) => submissionOf('cyclonedx', json, context),
};

/** https://spdx.dev/specifications/ — 2.2 and 2.3 as JSON, 3.0 as JSON-LD. */
export const spdxFormat: IntakeFormat = {
  id: 'spdx',
  name: 'SPDX SBOM',
  recognises: (json) =>
    textAt(json, 'spdxVersion') !== undefined ||
    /spdx\.org\/rdf\/(?:v?3|latest)/.test(JSON.stringify(memberOf(json, '@context') ?? '').slice(0, 4096)),
  read: ({ json }, context) => submissionOf('spdx', json, context),
};

/** What an SBOM says is inside. It tells of no findings: the server compares its packages with advisories. */
function submissionOf(tool: string, json: unknown, context: UploadContext): Result<Submission> {
  const document = readSbomMembers(json);
  if (!document.ok) return err(`it ${document.error}`);
  const sbom = inventoryOf(document.value, { path: 'the SBOM', size: 0 }, context.receivedAt);
  const { inventory, subject, created, tools } = sbom;
  if (inventory.packages.length > maxPackages) return err(`it has more than ${maxPackages} packages`);
  const image = [...(subject.kind === 'image' ? [subject.name] : []), ...subject.tags]
    .map(imageAsset)
    .find((one) => one !== undefined);
  const asset = context.asset ?? image?.asset;
  if (asset === undefined) return err(needsAsset);
  return ok({
    tool: { name: tool, version: '' },
    createdAt: timeOf(created, context.receivedAt),
    asset,
    artifact: artifactOf(sbom, asset, context, tools),
    scanners: [],
    isComplete: inventory.problems.every(({ effect }) => effect !== 'incomplete'),
    packages: inventory.packages.flatMap((one) => submittedPackage(one) ?? []),
    findings: [],
  });
}

function artifactOf(
  { inventory, subject, format }: SbomInventory,
  asset: Submission['asset'],
  context: UploadContext,
  tools: readonly string[],
): Submission['artifact'] {
  const { manifestDigest, indexDigest, configDigest, platform } = subject;
  const { distribution, packages } = inventory;
  const named = platform && [platform.os, platform.architecture, platform.variant].filter(Boolean).join('/');
  const tags = [subject.name, ...subject.tags]
    .flatMap((name) => imageAsset(name) ?? [])
    .flatMap((one) =>
      one.asset.name === asset.name && one.tag !== undefined ? [storable(one.tag, maxLengths.tag)] : [],
    );
  return {
    digest: manifestDigest ?? configDigest ?? context.digest ?? contentDigest(packages.map(({ purl }) => purl)),
    otherDigests: [manifestDigest, indexDigest, configDigest].filter((one) => one !== undefined),
    isSubscribed: hasSubscription(packages),
    stream: named ?? '',
    ...(named !== undefined && { platform: storable(named, 100) }),
    ...(distribution && { distribution: storableDetails({ ...distribution }) }),
    facts: storableDetails({ name: subject.name, format, tools: tools.slice(0, 10) }),
    tags: asset.kind === 'repository' ? [...new Set(tags)].slice(0, 200) : [],
    labels: {},
  };
}

/** What has no digest of its own is the same while the same packages are in it. */
function contentDigest(purls: readonly string[]): string {
  return `sha256:${createHash('sha256')
    .update(JSON.stringify([...purls].sort()))
    .digest('hex')}`;
}
