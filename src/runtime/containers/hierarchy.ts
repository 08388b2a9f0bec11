import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { CgroupHierarchy } from '../sensors/bpf/program.ts';

/** The hierarchy of control groups by which containers are told apart on this machine. */
export interface Hierarchy {
  readonly kind: CgroupHierarchy;
  /** Where it is mounted. */
  readonly root: string;
  /** Its number in /proc/PID/cgroup; 0 is version 2. */
  readonly number: number;
}

const MAX_GROUPS = 65_536;
const MAX_DEPTH = 16;

/**
 * Version 2 where it is alone. Where controllers of version 1 are in use (version 1 and hybrid), engines make every container's group
 * there and not always in version 2, so the ids come from there.
 */
export function findHierarchy(procRoot = '/proc'): Hierarchy {
  const mounts = readText(join(procRoot, 'self/mounts')).split('\n');
  const groups = readText(join(procRoot, 'self/cgroup'));
  for (const kind of ['memory', 'pids'] as const) {
    const mount = mounts
      .map((line) => line.split(' '))
      .find(([, , type, options]) => type === 'cgroup' && options?.split(',').includes(kind));
    const number = Number(new RegExp(`^(\\d+):(?:[^:]*,)?${kind}(?:,[^:]*)?:`, 'm').exec(groups)?.[1]);
    if (mount?.[1] && number > 0) return { kind, root: mount[1], number };
  }
  const unified = mounts.map((line) => line.split(' ')).find(([, , type]) => type === 'cgroup2');
  return { kind: 'unified', root: unified?.[1] ?? '/sys/fs/cgroup', number: 0 };
}

/** Every group that is there: its id, which is its directory's inode, and its path below the root. */
export function listGroups({ root }: Hierarchy): Map<number, string> {
  const groups = new Map<number, string>();
  const visit = (path: string, depth: number) => {
    if (depth > MAX_DEPTH || groups.size >= MAX_GROUPS) return;
    try {
      groups.set(statSync(join(root, path)).ino, path || '/');
      for (const entry of readdirSync(join(root, path), { withFileTypes: true })) {
        if (entry.isDirectory()) visit(`${path}/${entry.name}`, depth + 1);
      }
    } catch {
      // A group that has gone meanwhile.
    }
  };
  visit('', 0);
  return groups;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
