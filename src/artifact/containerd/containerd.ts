import { access, constants } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { DamagedInput, ok, type Result } from '#foundation/index.ts';
import type { Digest } from '#model/index.ts';
import type { ImageArtifact } from '../artifact.ts';
import type { Engine } from '../engine.ts';
import type { Environment } from '../environment.ts';
import { openImage } from '../image/assemble.ts';
import { memberStore } from '../layout/layout.ts';
import { directoryMembers, unreadableFile } from '../members/members.ts';
import { type OpenContext, wishFor } from '../open-options.ts';
import { asImageId, namesImage } from '../reference/local-names.ts';
import { type TargetError, targetError } from '../target-error.ts';
import { findNamedImages, type NamedImage } from './metadata.ts';

const CONTENT = 'io.containerd.content.v1.content';
const METADATA = 'io.containerd.metadata.v1.bolt/meta.db';

/** containerd's content store is read in place, its image names from its database: no daemon has to answer. */
export const containerd: Engine = {
  scheme: 'containerd',
  title: 'containerd',
  async open(name, context) {
    let fault: Result<never, TargetError> = targetError('not-found', `containerd has no image ${name} on this machine`);
    for (const root of containerdRoots(context.environment)) {
      const opened = await openFromRoot(root, name, context);
      if (opened.ok) return opened;
      if (opened.error.code !== 'not-found') fault = opened;
    }
    return fault;
  },
};

/** `CONTAINERD_ROOT`, or where distributions, k3s, MicroK8s and Docker put it. */
function containerdRoots(environment: Environment): readonly string[] {
  const chosen = environment['CONTAINERD_ROOT'];
  if (chosen) return [chosen];
  const data = environment['XDG_DATA_HOME'] || join(environment['HOME'] ?? homedir(), '.local/share');
  return [
    '/var/lib/containerd',
    '/var/lib/rancher/k3s/agent/containerd',
    '/var/snap/microk8s/common/var/lib/containerd',
    '/var/lib/docker/containerd/daemon',
    join(data, 'containerd'),
  ];
}

async function openFromRoot(
  root: string,
  name: string,
  context: OpenContext,
): Promise<Result<ImageArtifact, TargetError>> {
  const database = join(root, METADATA);
  try {
    await access(database, constants.R_OK);
    const meant = findNamedImages(database, (stored, digest) => isMeant(stored, digest, name));
    const chosen = chooseNamespace(meant, name, context.environment);
    if (!chosen.ok) return chosen;
    return await openNamed(root, chosen.value, meant, context);
  } catch (cause) {
    if (cause instanceof DamagedInput) return targetError('invalid', `${database}: ${cause.message}`);
    return unreadableFile(database, cause);
  }
}

function isMeant(stored: string, digest: Digest, typed: string): boolean {
  const id = asImageId(typed);
  if (id !== undefined && digest.slice('sha256:'.length).startsWith(id)) return true;
  return stored === typed || namesImage(stored, typed);
}

/** The same name may stand for different images in different namespaces, which do not see each other. */
function chooseNamespace(
  images: readonly NamedImage[],
  name: string,
  environment: Environment,
): Result<NamedImage, TargetError> {
  const wanted = environment['CONTAINERD_NAMESPACE'];
  const eligible = wanted ? images.filter(({ namespace }) => namespace === wanted) : images;
  const [first] = eligible;
  if (!first) return targetError('not-found', `containerd does not hold ${name}`);
  if (new Set(eligible.map(({ target }) => target.digest)).size === 1) return ok(first);
  const choices = eligible.map(({ namespace }) => namespace).join(', ');
  return targetError(
    'usage',
    `${name} is a different image in the containerd namespaces ${choices}; choose one with CONTAINERD_NAMESPACE`,
  );
}

async function openNamed(
  root: string,
  image: NamedImage,
  meant: readonly NamedImage[],
  context: OpenContext,
): Promise<Result<ImageArtifact, TargetError>> {
  const members = directoryMembers(join(root, CONTENT));
  const tags = [
    ...new Set(meant.filter(({ target }) => target.digest === image.target.digest).map(({ name }) => name)),
  ];
  const origin = { scheme: 'containerd' as const, tags, close: async () => undefined };
  return openImage(memberStore(members), [image.target], wishFor(image.name, context), origin);
}
