import { hostname } from 'node:os';
import { printableLines } from '#foundation/index.ts';
import {
  COUNTERS_DESCRIPTOR,
  chooseSensor,
  ENGINE_VARIABLE,
  hostSensors,
  isEngineProcess,
  oversee,
  RING_DESCRIPTOR,
} from '#runtime/index.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';

export interface WatchFlags {
  readonly standalone?: boolean;
  readonly sensor?: string;
  readonly listSensors?: boolean;
  readonly rules?: readonly string[];
  readonly ownRules: boolean;
  readonly disable?: readonly string[];
  readonly replay?: string;
  readonly record?: string;
  readonly container?: string;
  readonly priority: string;
  readonly json?: boolean;
  readonly view: boolean;
  readonly follow?: boolean;
  readonly for?: number;
  readonly failOn?: string;
  readonly keepRoot?: boolean;
}

/**
 * Which process this is. A watch of this machine is two: one that loads the program into the kernel and answers questions, and the one
 * that judges, which gives its rights up. What needs no rights (recordings, other tools) is one.
 */
export async function runWatch(flags: WatchFlags): Promise<ExitCode> {
  const usage = usageProblem(flags);
  if (usage !== undefined) return fail(usage, exitCodes.usage);
  if (flags.replay !== undefined) return judge(flags, `replay:${flags.replay}`);
  if (flags.sensor !== undefined && flags.sensor !== 'bpf') return judge(flags, flags.sensor);
  if (isEngineProcess(ENGINE_VARIABLE)) return judge(flags, 'bpf');
  const chosen = await chooseHostSensor(flags.sensor);
  if (chosen === undefined) return exitCodes.notAssessed;
  return chosen === 'bpf' ? superviseEngine() : judge(flags, chosen);
}

function usageProblem({ standalone, replay, for: seconds, record }: WatchFlags): string | undefined {
  if (!standalone && replay === undefined)
    return 'a watch without a server is asked for with --standalone (or --replay FILE)';
  if (seconds !== undefined && !(seconds > 0)) return '--for takes a number of seconds';
  if (replay !== undefined && replay === record) return '--record would write over the recording that is replayed';
  return undefined;
}

/** The best sensor that runs here, or the one that was asked for; says why better ones do not. */
async function chooseHostSensor(wanted: string | undefined): Promise<string | undefined> {
  const nothing = () => undefined;
  const world = { seed: nothing, group: nothing, container: nothing };
  const sensors = hostSensors({ descriptors: undefined, world }).filter(
    ({ id }) => wanted === undefined || id === wanted,
  );
  const { sensor, passed } = await chooseSensor(sensors);
  for (const { id, reason } of passed) process.stderr.write(`plimsoll: not ${id}: ${printableLines(reason)}\n`);
  if (sensor === undefined) process.stderr.write('plimsoll: no sensor can run here, so nothing would be seen\n');
  return sensor?.id;
}

async function superviseEngine(): Promise<ExitCode> {
  const [, script = '', ...args] = process.argv;
  const code = await oversee([process.execPath, ...process.execArgv, script, ...args]);
  if (!code.ok) return fail(code.error, exitCodes.notAssessed);
  const known = Object.values(exitCodes).find((exitCode) => exitCode === code.value);
  return known ?? fail(`the engine of the watch ended with ${code.value}`, exitCodes.notAssessed);
}

async function judge(flags: WatchFlags, sensor: string): Promise<ExitCode> {
  const descriptors = isEngineProcess(ENGINE_VARIABLE)
    ? { ringDescriptor: RING_DESCRIPTOR, countersDescriptor: COUNTERS_DESCRIPTOR }
    : undefined;
  // Loaded here only: the process that keeps its rights does without rules and their language.
  const { Session } = await import('./session.ts');
  const session = await Session.open(flags, { sensor, descriptors, hostname: hostname() });
  return session.ok ? session.value.run() : fail(session.error, exitCodes.usage);
}

function fail(message: string, code: ExitCode): ExitCode {
  process.stderr.write(`plimsoll: ${printableLines(message)}\n`);
  return code;
}
