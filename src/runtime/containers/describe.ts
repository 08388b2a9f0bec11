import { lstatSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { asList, asMembers, asText, type Members, parseJsonText } from '#foundation/documents/index.ts';
import type { Container, ContainerMount, Pod } from '../container.ts';
import { capabilityBits } from './capabilities.ts';
import { parseImageName } from './image-name.ts';
import { bareContainer, type ContainerQuestion } from './registry.ts';
import { findBundle } from './state-files.ts';

const MAX_FILE_BYTES = 16 * 1024 * 1024;

/** Reads what the engine of a container has written of it. Needs the rights to read its files, which is root's as a rule. */
export function describeContainer(question: ContainerQuestion): Container | undefined {
  const bundle = question.bundle ?? findBundle(question.id);
  const config = bundle === undefined ? undefined : readJson(join(bundle, 'config.json'));
  if (config === undefined || bundle === undefined) return undefined;
  const annotations = textMembers(config['annotations']);
  const fromSpec = { ...bareContainer(question, question.cgroupPath), ...readSpec(config, annotations) };
  const fromEngine = readPodman(question.id, bundle) ?? readDocker(question.id, config) ?? readKubernetes(annotations);
  const pod = podOf({ ...annotations, ...fromEngine.labels });
  return { ...fromSpec, ...fromEngine, ...(pod && { pod }), described: 'yes' };
}

type Part = Partial<Container>;

/** The OCI runtime specification (https://github.com/opencontainers/runtime-spec/blob/main/config.md). */
function readSpec(config: Members, annotations: Record<string, string>): Part {
  const process = asMembers(config['process']) ?? {};
  const linux = asMembers(config['linux']) ?? {};
  const capabilities = asMembers(process['capabilities']);
  const bounding = capabilityBits(texts(capabilities?.['bounding']));
  const own = new Set(asList(linux['namespaces'])?.map((entry) => asText(asMembers(entry)?.['type'])));
  return {
    env: texts(process['env']),
    user: userOf(asMembers(process['user'])),
    mounts: asList(config['mounts'])?.flatMap((entry) => mountOf(asMembers(entry))) ?? [],
    capabilities: capabilityBits(texts(capabilities?.['effective'])),
    privileged: isPrivileged(bounding, linux, annotations),
    hostPid: !own.has('pid'),
    hostNetwork: !own.has('network'),
    hostIpc: !own.has('ipc'),
    startUs: Date.now() * 1000,
  };
}

const CAP_SYS_ADMIN = 2 ** 21;
const CAP_SYS_MODULE = 2 ** 16;

/** No engine writes the word into the specification; what `--privileged` does is all capabilities, no seccomp, and no masked paths. */
function isPrivileged(bounding: number, linux: Members, annotations: Record<string, string>): boolean {
  const said = annotations['io.podman.annotations.privileged'] ?? annotations['io.kubernetes.cri-o.PrivilegedRuntime'];
  if (said !== undefined) return said.toLowerCase() === 'true';
  const hasAll = Math.floor(bounding / CAP_SYS_ADMIN) % 2 === 1 && Math.floor(bounding / CAP_SYS_MODULE) % 2 === 1;
  return hasAll && linux['seccomp'] === undefined && (asList(linux['maskedPaths'])?.length ?? 0) === 0;
}

function userOf(user: Members | undefined): string | undefined {
  const uid = user?.['uid'];
  return typeof uid === 'number' ? `${uid}:${typeof user?.['gid'] === 'number' ? user['gid'] : 0}` : undefined;
}

function mountOf(mount: Members | undefined): ContainerMount[] {
  const destination = asText(mount?.['destination']);
  if (mount === undefined || destination === undefined) return [];
  const options = texts(mount['options']);
  // What the engine mounts of kernel file systems is no mount that a user asked for.
  if (!options.includes('bind') && !options.includes('rbind')) return [];
  return [
    {
      source: asText(mount['source']) ?? '',
      destination,
      mode: options.join(','),
      writable: !options.includes('ro'),
      propagation: options.find((option) => /^r?(private|shared|slave)$/.test(option)) ?? '',
    },
  ];
}

/** Podman keeps its bundles below its storage, with lists of containers and images beside them. */
function readPodman(id: string, bundle: string): Part | undefined {
  const storage = dirname(dirname(bundle));
  if (!storage.endsWith('/overlay-containers')) return undefined;
  const record = findById(join(storage, 'containers.json'), id);
  if (record === undefined) return { runtime: 'podman' };
  const metadata = asMembers(parseText(asText(record['metadata']) ?? '')) ?? {};
  const imageId = asText(record['image']);
  const images = join(dirname(storage), 'overlay-images');
  const image = imageId === undefined ? undefined : findById(join(images, 'images.json'), imageId);
  return {
    runtime: 'podman',
    name: texts(record['names'])[0] ?? asText(metadata['name']),
    image: parseImageName(
      asText(metadata['image-name']) ?? texts(image?.['names'])[0] ?? '',
      asText(image?.['digest']),
      imageId,
    ),
    labels: imageId === undefined ? {} : imageLabels(images, imageId),
    startUs: timeUs(asText(record['created'])),
  };
}

/** The image's configuration lies under the base64 of its digest. */
function imageLabels(images: string, imageId: string): Record<string, string> {
  if (!/^[0-9a-f]{64}$/.test(imageId)) return {};
  const file = `=${Buffer.from(`sha256:${imageId}`).toString('base64')}`;
  return textMembers(asMembers(readJson(join(images, imageId, file))?.['config'])?.['Labels']);
}

/** Docker's data root is what the path of the container's root file system begins with. */
function readDocker(id: string, config: Members): Part | undefined {
  const root = asText(asMembers(config['root'])?.['path']) ?? '';
  const dataRoot = /^(\/.*)\/(?:overlay2|rootfs|vfs|btrfs|fuse-overlayfs)\//.exec(root)?.[1];
  const folder = dataRoot === undefined ? undefined : join(dataRoot, 'containers', id);
  const record =
    folder === undefined || !/^[0-9a-f]{64}$/.test(id) ? undefined : readJson(join(folder, 'config.v2.json'));
  if (record === undefined || folder === undefined) return undefined;
  const settings = asMembers(record['Config']) ?? {};
  const host = readJson(join(folder, 'hostconfig.json')) ?? {};
  return {
    runtime: 'docker',
    name: asText(record['Name'])?.replace(/^\//, ''),
    image: parseImageName(asText(settings['Image']) ?? '', undefined, asText(record['Image'])?.replace('sha256:', '')),
    labels: textMembers(settings['Labels']),
    privileged: host['Privileged'] === true,
    startUs: timeUs(asText(record['Created'])),
  };
}

/** What the container runtime interface writes as annotations: containerd's and CRI-O's. */
function readKubernetes(annotations: Record<string, string>): Part {
  const image = annotations['io.kubernetes.cri.image-name'] ?? annotations['io.kubernetes.cri-o.ImageName'];
  const labels = annotations['io.kubernetes.cri-o.Labels'];
  return {
    ...(image !== undefined && {
      image: parseImageName(image, annotations['io.kubernetes.cri-o.ImageRef'], undefined),
      name: annotations['io.kubernetes.cri.container-name'] ?? annotations['io.kubernetes.container.name'],
    }),
    ...(labels !== undefined && { labels: textMembers(parseText(labels)) }),
  };
}

function podOf(words: Record<string, string>): Pod | undefined {
  const name = words['io.kubernetes.cri.sandbox-name'] ?? words['io.kubernetes.pod.name'];
  const namespace = words['io.kubernetes.cri.sandbox-namespace'] ?? words['io.kubernetes.pod.namespace'];
  if (name === undefined || namespace === undefined) return undefined;
  const uid = words['io.kubernetes.cri.sandbox-uid'] ?? words['io.kubernetes.pod.uid'];
  const own = Object.entries(words).filter(([key]) => !key.startsWith('io.kubernetes.'));
  return { name, namespace, uid, labels: Object.fromEntries(own) };
}

function findById(path: string, id: string): Members | undefined {
  const list = asList(readDocument(path));
  for (const entry of list ?? []) {
    const members = asMembers(entry);
    if (members?.['id'] === id) return members;
  }
  return undefined;
}

function readJson(path: string): Members | undefined {
  return asMembers(readDocument(path));
}

/** Regular files only: a container may have put a link or a pipe where its engine's files were expected. */
function readDocument(path: string): unknown {
  try {
    const stat = lstatSync(path);
    return stat.isFile() && stat.size <= MAX_FILE_BYTES ? parseText(readFileSync(path, 'utf8')) : undefined;
  } catch {
    return undefined;
  }
}

function parseText(text: string): unknown {
  const parsed = parseJsonText(text);
  return parsed.ok ? parsed.value : undefined;
}

function texts(value: unknown): string[] {
  return asList(value)?.flatMap((entry) => asText(entry) ?? []) ?? [];
}

function textMembers(value: unknown): Record<string, string> {
  const members = Object.entries(asMembers(value) ?? {});
  return Object.fromEntries(members.flatMap(([key, text]) => (typeof text === 'string' ? [[key, text]] : [])));
}

function timeUs(text: string | undefined): number | undefined {
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? undefined : time * 1000;
}
