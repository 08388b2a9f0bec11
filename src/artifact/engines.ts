import { containerd } from './containerd/containerd.ts';
import { docker } from './docker/docker.ts';
import type { Engine } from './engine.ts';
import { podman } from './podman/podman.ts';

/** In the order in which they are asked. */
export const engines: readonly Engine[] = [docker, podman, containerd];
