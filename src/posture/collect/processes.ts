import { readdir } from 'node:fs/promises';
import type { Process } from '../evidence.ts';
import { type Known, known, missing } from '../known.ts';
import { redactArguments } from '../redact.ts';
import { readSmallText, reasonOf } from './read-text.ts';

const MAX_PROCESSES = 32_768;
const MAX_ARGUMENTS = 512;
const AT_ONCE = 64;

export async function collectProcesses(root: string): Promise<Known<Process[]>> {
  try {
    const ids = (await readdir(`${root}proc`)).filter((name) => /^\d{1,10}$/.test(name));
    if (ids.length > MAX_PROCESSES) return missing(`there are more than ${MAX_PROCESSES} processes`);
    const found: Process[] = [];
    for (let at = 0; at < ids.length; at += AT_ONCE) {
      const some = await Promise.all(
        ids.slice(at, at + AT_ONCE).map((id) => processAt(`${root}proc/${id}`, Number(id))),
      );
      found.push(...some.filter((one) => one !== undefined));
    }
    return found.length > 0 ? known(found) : missing('/proc shows no process');
  } catch (error) {
    return missing(`/proc cannot be read: ${reasonOf(error)}`);
  }
}

/** Undefined where the process ended meanwhile. */
async function processAt(directory: string, pid: number): Promise<Process | undefined> {
  const [status, commandLine, cgroup] = await Promise.all(
    ['status', 'cmdline', 'cgroup'].map((name) => readSmallText(`${directory}/${name}`)),
  );
  if (!(status && 'known' in status)) return undefined;
  const words = commandLine && 'known' in commandLine ? commandLine.known.split('\0').slice(0, -1) : [];
  return parseProcess(pid, status.known, words, cgroup && 'known' in cgroup ? cgroup.known : '');
}

export function parseProcess(pid: number, status: string, words: readonly string[], cgroup: string): Process {
  const field = (name: string) => new RegExp(`^${name}:\\s{1,8}(\\S{1,64})`, 'm').exec(status)?.[1];
  const parent = Number(field('PPid') ?? 0);
  const container = containerOf(cgroup);
  return {
    pid,
    parent,
    uid: Number(field('Uid') ?? 0),
    name: field('Name') ?? '',
    arguments: shownWords(words),
    isContainer: container !== undefined,
    ...(container !== undefined && container !== '' && { container }),
    isKernel: words.length === 0 && (pid === 2 || parent === 2),
  };
}

/** The id in the name of a control group; empty where it is a container's without an id. */
export function containerOf(cgroup: string): string | undefined {
  const id =
    /(?:docker|libpod|cri-containerd|crio|containerd|kubepods)[^\n]{0,400}?[-/]([0-9a-f]{64})(?:[./\n]|$)/.exec(
      cgroup,
    )?.[1] ?? /\/([0-9a-f]{64})(?:[./\n]|$)/.exec(cgroup)?.[1];
  if (id !== undefined) return id;
  return /\/kubepods[./]/.test(cgroup) ? '' : undefined;
}

/** Their options are what checks ask about. Those of others are their own business, and full of secrets. */
const engines =
  /^(?:dockerd(?:-rootless\.sh)?|containerd(?:-shim.{0,20})?|docker-proxy|rootlesskit|crio|kubelet|podman|conmon|sshd|auditd|kube-.{1,30}|etcd|k3s.{0,20}|rke2)$/;

function shownWords(words: readonly string[]): string[] {
  const program = words[0] ?? '';
  const name = program.slice(program.lastIndexOf('/') + 1);
  if (!engines.test(name)) return program === '' ? [] : [program.slice(0, 4096)];
  return redactArguments(words.slice(0, MAX_ARGUMENTS));
}
