import type { ContainerRuntime } from '../container.ts';

/** What the path of a control group says of the container in it. */
export interface GroupOwner {
  readonly id: string;
  readonly runtime: ContainerRuntime;
}

const HEX_ID = /^(?:(docker|libpod|cri-containerd|crio|nerdctl)-)?([0-9a-f]{64})(?:\.scope)?$/;

const runtimes: ReadonlyMap<string, ContainerRuntime> = new Map([
  ['docker', 'docker'],
  ['libpod', 'podman'],
  ['cri-containerd', 'containerd'],
  ['nerdctl', 'containerd'],
  ['crio', 'cri-o'],
]);

/**
 * The container of a group, by the names that engines give: `libpod-<id>`, `docker/<id>`, `docker-<id>.scope`,
 * `cri-containerd-<id>.scope`, `crio-<id>.scope`, `kubepods/…/pod<uid>/<id>`. The innermost counts: containers hold containers. The
 * monitors of Podman and CRI-O (`libpod-conmon-<id>`) are the host's. Ids that are names are known only to who saw them given (`named`).
 */
export function ownerOfGroup(path: string, named: (name: string) => GroupOwner | undefined): GroupOwner | undefined {
  const names = path.split('/');
  for (let i = names.length - 1; i > 0; i--) {
    const name = names[i] ?? '';
    if (name.includes('conmon-')) return undefined;
    const match = HEX_ID.exec(name);
    if (match?.[2]) {
      const word = match[1] ?? (names[i - 1] === 'docker' ? 'docker' : '');
      return { id: match[2], runtime: runtimes.get(word) ?? named(match[2])?.runtime ?? 'unknown' };
    }
    const owner = name === '' ? undefined : named(name);
    if (owner !== undefined) return owner;
  }
  return undefined;
}
