import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { err, ok, type Result } from '#foundation/index.ts';
import { describeContainer } from '../containers/describe.ts';
import { findHierarchy, type Hierarchy, listGroups } from '../containers/hierarchy.ts';
import { listRunning } from '../containers/state-files.ts';
import { loadSharedMemory } from '../sensors/bpf/libraries.ts';
import { type LoadedProgram, loadProgram } from '../sensors/bpf/program.ts';
import { readProcess, readProcesses } from '../state/seed.ts';
import { ENGINE_VARIABLE, type ToEngine, type ToOverseer } from './messages.ts';

const PAGE = 4096;
const SEEDS_AT_ONCE = 2000;

/**
 * The process with rights: loads the program into the kernel, starts the engine as a process that gives its rights up, and from then on
 * only answers what it asks: who a process is, what an engine says of a container. Events do not pass through here: the engine reads the ring
 * buffer itself.
 */
export async function oversee(command: readonly [program: string, ...args: string[]]): Promise<Result<number>> {
  const hierarchy = findHierarchy();
  const program = loadProgram(hierarchy.kind);
  if (!program.ok) return program;
  try {
    return ok(await superviseEngine(program.value, hierarchy, command));
  } catch (error) {
    return err(`the watch's engine cannot be started: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    program.value.close();
  }
}

function superviseEngine(
  program: LoadedProgram,
  hierarchy: Hierarchy,
  [file, ...args]: readonly [string, ...string[]],
): Promise<number> {
  const engine = spawn(file, args, {
    stdio: ['inherit', 'inherit', 'inherit', program.ringDescriptor, program.countersDescriptor, 'ipc'],
    serialization: 'advanced',
    env: { ...process.env, [ENGINE_VARIABLE]: '1' },
  });
  ignoreOwnEvents(program, [process.pid, engine.pid ?? 0]);
  answerQuestions(engine, program, hierarchy);
  // The engine ends in order, and we when it has. A terminal tells both of us; being told twice does no harm.
  const forward = () => engine.kill('SIGTERM');
  process.on('SIGINT', forward);
  process.on('SIGTERM', forward);
  return new Promise<number>((resolve, reject) => {
    engine.on('error', reject);
    engine.on('exit', (code, signal) => resolve(signal ? 128 : (code ?? 1)));
  }).finally(() => {
    process.off('SIGINT', forward);
    process.off('SIGTERM', forward);
  });
}

function ignoreOwnEvents(program: LoadedProgram, pids: readonly number[]): void {
  const memory = loadSharedMemory();
  const page = memory.ok ? memory.value.map(program.ownDescriptor, 0, PAGE, true) : memory;
  if (page.ok) new Uint32Array(page.value, 0, 4).set(pids);
}

function answerQuestions(engine: ChildProcess, program: LoadedProgram, hierarchy: Hierarchy): void {
  const send = (message: ToEngine) => {
    if (engine.connected) engine.send(message);
  };
  let groups = new Map<string, number>();
  const cgroupIdOf = (pid: string) => groups.get(groupPathOf(pid, hierarchy)) ?? 0;
  engine.on('message', (message: ToOverseer) => {
    if (message.kind === 'ready') {
      const known = listGroups(hierarchy);
      groups = new Map([...known].map(([id, path]) => [path, id]));
      send({
        kind: 'start',
        hierarchyNumber: hierarchy.number,
        missing: program.missing,
        commands: listRunning(),
        groups: [...known],
      });
      const events = readProcesses(cgroupIdOf);
      for (let at = 0; at < events.length; at += SEEDS_AT_ONCE) {
        send({ kind: 'processes', events: events.slice(at, at + SEEDS_AT_ONCE) });
      }
      send({ kind: 'seeded' });
    } else if (message.kind === 'process') {
      send({ kind: 'processes', events: readProcess(message.pid, cgroupIdOf) });
    } else {
      send({ kind: 'container', id: message.question.id, container: describeContainer(message.question) });
    }
  });
}

function groupPathOf(pid: string, { number }: Hierarchy): string {
  try {
    const lines = readFileSync(`/proc/${pid}/cgroup`, 'utf8').split('\n');
    const line = lines.find((candidate) => candidate.startsWith(`${number}:`));
    return line?.slice(line.indexOf(':', line.indexOf(':') + 1) + 1) ?? '';
  } catch {
    return '';
  }
}
