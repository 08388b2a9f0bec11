import { resolve } from 'node:path';
import { ok, type Result } from '#foundation/index.ts';
import { openImageArchive } from '../archive/image-archive.ts';
import type { Artifact, ImageArtifact, TreeArtifact } from '../artifact.ts';
import { isLayout, type LayoutRequest, openLayout } from '../layout/layout.ts';
import { archiveMembers } from '../members/archive-members.ts';
import { directoryMembers, type Members } from '../members/members.ts';
import { type OpenContext, wishFor } from '../open-options.ts';
import { type TargetError, targetError } from '../target-error.ts';
import { type PathKind, type PathWithSelector, pathKind } from './path.ts';

/** A directory read in place. */
export async function openTree(
  path: string,
  scheme: Exclude<TreeArtifact['scheme'], 'cluster'>,
): Promise<Result<Artifact, TargetError>> {
  const kind = await pathKind(path);
  if (kind === 'other') return targetError('not-found', `${path} does not exist or cannot be read`);
  if (isFile(kind)) return targetError('usage', `${path} is a file; ${WANTED[scheme]}`);
  const name = scheme === 'host' ? 'host' : path;
  return ok({ kind: 'tree', name, scheme, root: resolve(path), problems: [], close: async () => undefined });
}

function isFile(kind: PathKind): boolean {
  return kind === 'file' || kind === 'archive' || kind === 'document';
}

const WANTED: Readonly<Record<Exclude<TreeArtifact['scheme'], 'cluster'>, string>> = {
  host: 'the host is a directory',
  rootfs: 'rootfs: wants the directory that stands for /',
  directory: 'dir: wants a directory; name an image archive without it',
};

/** An OCI layout, as directory or archive. */
export async function openOci(place: PathWithSelector, context: OpenContext): Promise<Result<Artifact, TargetError>> {
  const kind = await pathKind(place.path);
  if (isFile(kind)) return openArchive(place, context, 'oci');
  if (kind !== 'layout')
    return targetError('invalid', `${place.path} is no OCI layout: it has no oci-layout and index.json`);
  const request = {
    ...wishFor(renderPlace(place), context),
    scheme: 'oci' as const,
    ...selectorOf(place),
    close: async () => undefined,
  };
  return openLayout(directoryMembers(resolve(place.path)), request);
}

/** What an archive is said to be; `any` lets its members decide. */
export type ArchiveWish = 'oci' | 'any';

export async function openArchive(
  place: PathWithSelector,
  context: OpenContext,
  wish: ArchiveWish,
): Promise<Result<ImageArtifact, TargetError>> {
  const spool = context.newSpool();
  const request = { ...wishFor(renderPlace(place), context), ...selectorOf(place), close: () => spool.close() };
  const members = await archiveMembers(resolve(place.path), spool, context.signal);
  const opened = members.ok ? await openMembers(members.value, request, wish) : members;
  if (!opened.ok) await spool.close();
  return opened;
}

async function openMembers(
  members: Members,
  request: Omit<LayoutRequest, 'scheme'>,
  wish: ArchiveWish,
): Promise<Result<ImageArtifact, TargetError>> {
  if (wish !== 'oci' || (await isLayout(members))) return openImageArchive(members, request);
  return targetError('invalid', `${request.name} is no OCI archive: it has no oci-layout and index.json`);
}

function selectorOf({ selector }: PathWithSelector): { readonly selector?: string } {
  return selector === undefined ? {} : { selector };
}

function renderPlace({ path, selector }: PathWithSelector): string {
  if (selector === undefined) return path;
  return selector.startsWith('@') ? `${path}${selector}` : `${path}:${selector}`;
}
