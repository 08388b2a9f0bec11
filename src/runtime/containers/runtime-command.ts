import type { ContainerRuntime } from '../container.ts';
import type { ExecDetails } from '../event.ts';
import type { Process } from '../process.ts';

/** That somebody told an OCI runtime to make a container. */
export interface RuntimeCommand {
  readonly id: string;
  readonly runtime: ContainerRuntime;
  readonly bundle: string;
}

const programs = new Set(['runc', 'crun', 'youki', 'runsc', 'kata-runtime']);
const makes = new Set(['create', 'run', 'restore']);
/** Options of `runc` and `crun` whose value is the next word. */
const valued = new Set([
  '--root',
  '--log',
  '--log-format',
  '--log-level',
  '--criu',
  '--rootless',
  '--bundle',
  '-b',
  '--console-socket',
  '--pid-file',
  '--preserve-fds',
  '--cgroup-manager',
  '--config',
  '-f',
]);

/** Reads `runc --root R create --bundle B ID` and the like: the bundle tells of the container before its engine writes anything else. */
export function bundleFromCommand(
  { args, cwd }: Pick<ExecDetails, 'args' | 'cwd'>,
  process: Process,
): RuntimeCommand | undefined {
  const program = args[0]?.split('/').pop() ?? '';
  if (!programs.has(program)) return undefined;
  let bundle = cwd;
  const words: string[] = [];
  for (let i = 1; i < args.length; i++) {
    const word = args[i] ?? '';
    const [name = '', ...rest] = word.split('=');
    const value = rest.length > 0 ? rest.join('=') : args[i + 1];
    if (name === '--bundle' || name === '-b') bundle = value ?? cwd;
    if (!word.startsWith('-')) words.push(word);
    else if (valued.has(name) && rest.length === 0) i++;
  }
  const [command = '', id = ''] = words;
  if (!makes.has(command) || id === '') return undefined;
  return { id, runtime: engineOf(args, process), bundle: bundle.startsWith('/') ? bundle : `${cwd}/${bundle}` };
}

/** By who called the runtime; a runtime that a person called stands for itself. */
function engineOf(args: readonly string[], process: Process): ContainerRuntime {
  const caller = process.parent?.name ?? '';
  const words = args.join(' ');
  if (words.includes('/moby') || caller === 'dockerd') return 'docker';
  if (caller.startsWith('containerd-shim') || words.includes('/containerd/')) return 'containerd';
  if (words.includes('crio') || words.includes('/cri-o')) return 'cri-o';
  return caller === 'conmon' || caller === 'podman' || words.includes('overlay-containers') ? 'podman' : 'runc';
}
