import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { err, ok, type Result } from '#foundation/index.ts';
import { type Libbpf, lastError, loadLibbpf } from './libraries.ts';

export const RING_BYTES = 16 * 1024 * 1024;
export const MAX_PROCESSORS = 1024;

/** From which hierarchy the ids of control groups are: HIERARCHY_* of record.h. */
export type CgroupHierarchy = 'unified' | 'memory' | 'pids';

const hierarchyNumber: ReadonlyMap<CgroupHierarchy, number> = new Map([
  ['unified', 0],
  ['memory', 1],
  ['pids', 2],
]);

/** The program in the kernel. It goes when `close` is called or the process that loaded it ends. */
export interface LoadedProgram {
  readonly ringDescriptor: number;
  readonly countersDescriptor: number;
  readonly ownDescriptor: number;
  /** Tracepoints that this kernel does not have: what they tell is not seen. */
  readonly missing: readonly string[];
  close(): void;
}

const needed = ['on_exit', 'on_exec', 'on_fork', 'on_process_exit'];
const useful = ['on_cgroup_made', 'on_cgroup_removed', 'on_fpu_saved'];

export function loadProgram(hierarchy: CgroupHierarchy): Result<LoadedProgram> {
  const library = loadLibbpf();
  if (!library.ok) return library;
  const libbpf = library.value;
  libbpf.setPrint(null);
  const bytes = objectBytes();
  if (!bytes.ok) return bytes;
  const object = libbpf.openMemory(bytes.value, bytes.value.length, null);
  if (object === null) return err(`the BPF object cannot be opened (error ${lastError()})`);
  const settings = Buffer.alloc(4);
  settings.writeUInt32LE(hierarchyNumber.get(hierarchy) ?? 0);
  libbpf.setInitialValue(libbpf.findMap(object, '.rodata.settings'), settings, settings.length);
  const failed = libbpf.load(object);
  if (failed !== 0) {
    libbpf.closeObject(object);
    return err(describeLoadFailure(-failed));
  }
  return attachAll(libbpf, object);
}

function attachAll(libbpf: Libbpf, object: unknown): Result<LoadedProgram> {
  const links: unknown[] = [];
  const missing: string[] = [];
  const close = () => {
    for (const link of links) libbpf.destroyLink(link);
    libbpf.closeObject(object);
  };
  for (const name of [...needed, ...useful]) {
    const program = libbpf.findProgram(object, name);
    const link = program === null ? null : libbpf.attach(program);
    if (link !== null) links.push(link);
    else if (useful.includes(name)) missing.push(name);
    else {
      const code = lastError();
      close();
      return err(`the tracepoint of ${name} cannot be attached (error ${code})`);
    }
  }
  const descriptorOf = (name: string) => libbpf.mapDescriptor(libbpf.findMap(object, name));
  return ok({
    ringDescriptor: descriptorOf('records'),
    countersDescriptor: descriptorOf('.bss'),
    ownDescriptor: descriptorOf('.data.own'),
    missing,
    close,
  });
}

/** Beside this file among the sources; in the bundle beside the main program, or one level above a chunk. */
function objectBytes(): Result<Buffer> {
  const name = `sensor.${process.arch}.o`;
  const place = [import.meta.dirname, dirname(import.meta.dirname)]
    .map((folder) => join(folder, name))
    .find(existsSync);
  return place === undefined
    ? err(`there is no BPF object for ${process.arch}: x64 and arm64 are built`)
    : ok(readFileSync(place));
}

const EPERM = 1;
const EACCES = 13;

function describeLoadFailure(code: number): string {
  if (code === EPERM || code === EACCES) {
    return 'the kernel does not let this process load BPF programs: it needs root, or CAP_BPF and CAP_PERFMON, and no lockdown=confidentiality';
  }
  return `the kernel does not take the BPF program (error ${code}): it needs Linux 5.8 or newer with CONFIG_DEBUG_INFO_BTF`;
}
