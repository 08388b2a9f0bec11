import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { asMembers, parseJsonText, textsOf } from '#foundation/documents/index.ts';
import type { ContainerRuntime } from '../container.ts';
import type { RuntimeCommand } from './runtime-command.ts';

/** Where OCI runtimes note their containers, one folder each, and for whom. `*` is any one folder. */
const stateRoots: readonly (readonly [folder: string, runtime: ContainerRuntime])[] = [
  ['/run/runc', 'runc'],
  ['/run/crun', 'runc'],
  ['/run/containerd/runc/*', 'containerd'],
  ['/run/docker/runtime-runc/moby', 'docker'],
];
/** Bundles of containerd lie in a folder of their namespace and id. */
const bundleRoots: readonly (readonly [folder: string, runtime: ContainerRuntime])[] = [
  ['/run/containerd/io.containerd.runtime.v2.task/*', 'containerd'],
  ['/var/lib/containers/storage/overlay-containers', 'podman'],
  ['/run/containers/storage/overlay-containers', 'cri-o'],
];
const MAX_STATE_BYTES = 4 * 1024 * 1024;

/** The containers that were there before the watch. */
export function listRunning(): RuntimeCommand[] {
  const running = new Map<string, RuntimeCommand>();
  for (const [folder, runtime] of stateRoots) {
    for (const place of foldersIn(folder)) {
      const bundle = bundleInState(join(place.path, 'state.json'));
      if (bundle) running.set(place.name, { id: place.name, runtime: engineByBundle(bundle) ?? runtime, bundle });
    }
  }
  for (const [folder, runtime] of bundleRoots) {
    for (const { path, name } of foldersIn(folder)) {
      const bundle = [path, join(path, 'userdata')].find((candidate) => existsSync(join(candidate, 'config.json')));
      if (bundle && !running.has(name)) running.set(name, { id: name, runtime, bundle });
    }
  }
  return [...running.values()];
}

export function findBundle(id: string): string | undefined {
  return listRunning().find((command) => command.id === id)?.bundle;
}

function engineByBundle(bundle: string): ContainerRuntime | undefined {
  if (bundle.includes('/overlay-containers/')) return bundle.startsWith('/run/') ? 'cri-o' : 'podman';
  return bundle.includes('/moby/') ? 'docker' : undefined;
}

function foldersIn(pattern: string): { readonly path: string; readonly name: string }[] {
  const parents = pattern.endsWith('/*')
    ? namesIn(pattern.slice(0, -2)).map((name) => join(pattern.slice(0, -2), name))
    : [pattern];
  return parents.flatMap((parent) => namesIn(parent).map((name) => ({ path: join(parent, name), name })));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
  } catch {
    return [];
  }
}

/** runc keeps the bundle among its labels, crun as a member of its own. */
function bundleInState(path: string): string | undefined {
  try {
    if (statSync(path).size > MAX_STATE_BYTES) return undefined;
    const state = parseJsonText(readFileSync(path, 'utf8'));
    const members = state.ok ? asMembers(state.value) : undefined;
    const labels = textsOf(asMembers(members?.['config'])?.['labels']);
    const label = labels.find((word) => word.startsWith('bundle='))?.slice('bundle='.length);
    return label ?? (typeof members?.['bundle'] === 'string' ? members['bundle'] : undefined);
  } catch {
    return undefined;
  }
}
