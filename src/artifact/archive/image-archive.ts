import type { Result } from '#foundation/index.ts';
import type { ImageArtifact, TargetScheme } from '../artifact.ts';
import { isLayout, type LayoutRequest, openLayout } from '../layout/layout.ts';
import type { Members } from '../members/members.ts';
import { type TargetError, targetError } from '../target-error.ts';
import { dockerManifestName, openDockerArchive } from './docker-archive.ts';

export interface ArchiveRequest extends Omit<LayoutRequest, 'scheme'> {
  /** The scheme that the artifact carries; by what the archive turns out to be when absent. */
  readonly scheme?: TargetScheme;
}

/** Opens an image archive of either kind. Newer Docker writes both in one: the layout is better, its digests can be verified. */
export async function openImageArchive(
  members: Members,
  request: ArchiveRequest,
): Promise<Result<ImageArtifact, TargetError>> {
  if (await isLayout(members)) return openLayout(members, { ...request, scheme: request.scheme ?? 'oci' });
  if (await members.find(dockerManifestName)) {
    return openDockerArchive(members, { ...request, scheme: request.scheme ?? 'archive' });
  }
  return targetError(
    'invalid',
    `${request.name} is no image archive: it has neither manifest.json nor index.json; unpack a root file system and scan it as rootfs:DIRECTORY`,
  );
}
