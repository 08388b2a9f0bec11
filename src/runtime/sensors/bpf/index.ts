import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { release } from 'node:os';
import type { Probe, Sensor, SensorHealth } from '../../sensor.ts';
import { loadLibbpf } from './libraries.ts';
import { BpfReader, type ProgramDescriptors } from './reader.ts';

/** CAP_PERFMON and CAP_BPF, by which a process without root's other rights may load the program. */
const CAP_PERFMON = 2 ** 38;
const CAP_BPF = 2 ** 39;
const CAP_SYS_ADMIN = 2 ** 21;
const BTF = '/sys/kernel/btf/vmlinux';

/** Reads what a program of ours tells from inside the kernel. `descriptors` are those of the program that the process with rights has loaded. */
export function bpfSensor(descriptors: ProgramDescriptors | undefined): Sensor {
  let reader: BpfReader | undefined;
  return {
    id: 'bpf',
    title: 'BPF program of our own',
    references: ['https://docs.kernel.org/bpf/ringbuf.html'],
    maturity: 'stable',
    requires: 'Linux 5.8 or newer with BTF, root or CAP_BPF and CAP_PERFMON, libbpf.so.1, x86-64 or arm64',
    blindTo: [
      'bytes after the first messages of a socket',
      'names asked for over TLS or HTTPS',
      'structures of 32-bit programs',
    ],
    probe: async () => probeBpf(),
    async run(sink, signal) {
      if (descriptors === undefined) throw new Error('no BPF program is loaded');
      const opened = BpfReader.open(descriptors);
      if (!opened.ok) throw new Error(opened.error);
      reader = opened.value;
      await reader.run(sink, signal);
    },
    health: (): SensorHealth => reader?.health() ?? { events: 0, lost: 0, lostByCpu: [], unreadable: 0 },
  };
}

function probeBpf(): Probe {
  const reason =
    kernelProblem() ??
    rightsProblem() ??
    (process.arch === 'x64' || process.arch === 'arm64' ? undefined : `there is no object for ${process.arch}`);
  if (reason !== undefined) return { ready: false, reason };
  const library = loadLibbpf();
  return library.ok ? { ready: true, detail: `Linux ${release()}` } : { ready: false, reason: library.error };
}

function kernelProblem(): string | undefined {
  if (process.platform !== 'linux') return 'it needs Linux';
  const [major = 0, minor = 0] = release().split('.').map(Number);
  if (major < 5 || (major === 5 && minor < 8))
    return `Linux ${release()} has no BPF ring buffer: 5.8 or newer is needed`;
  if (!existsSync(BTF)) return `${BTF} is not there: the kernel was built without CONFIG_DEBUG_INFO_BTF`;
  try {
    accessSync(BTF, constants.R_OK);
    return undefined;
  } catch {
    return `${BTF} cannot be read`;
  }
}

function rightsProblem(): string | undefined {
  const line = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'));
  const held = Number.parseInt(line?.[1] ?? '0', 16);
  const has = (capability: number) => Math.floor(held / capability) % 2 === 1;
  if (has(CAP_SYS_ADMIN) || (has(CAP_BPF) && has(CAP_PERFMON))) return undefined;
  return 'this process may not load BPF programs: run it as root, or with CAP_BPF and CAP_PERFMON';
}
