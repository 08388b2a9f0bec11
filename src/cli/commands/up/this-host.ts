import { spawn } from 'node:child_process';
import { dockerAddress } from '#artifact/index.ts';

export interface HostReporting {
  /** Where the server answers. */
  readonly server: string;
  /** File with the certificate to trust, where it is the server's own. */
  readonly authority: string | undefined;
  /** May upload reports about this host. */
  readonly token: string;
  readonly name: string;
  readonly signal: AbortSignal;
  say(line: string): void;
}

/** What this program says when it could not assess all of it. */
const INCOMPLETE = 3;

/**
 * Scans and audits this machine in processes of their own, so that the server goes on answering, and has them send their reports as any
 * other machine would. Their progress is on the terminal.
 */
export async function reportThisHost(reporting: HostReporting): Promise<void> {
  const { name, signal, say } = reporting;
  const hasDocker = (await dockerAddress(process.env)) !== undefined;
  const steps = [
    { what: 'what is installed', args: ['scan', 'host'] },
    { what: 'how it is set up', args: ['audit', 'host', ...(hasDocker ? ['docker'] : [])] },
  ];
  for (const { what, args } of steps) {
    if (signal.aborted) return;
    say(`Looking at this host, ${name}: ${what} ...`);
    const code = await runStep(args, reporting);
    if (signal.aborted) return;
    if (code === INCOMPLETE) say(`Not all of it could be assessed: plimsoll ${args.join(' ')} says what and why.`);
    else if (code > INCOMPLETE) say(`That ended with ${code}: plimsoll ${args.join(' ')} says why.`);
  }
  say(`This host is in the inventory of ${reporting.server} as host:${name}.`);
}

function runStep(args: readonly string[], { server, authority, token, name, signal }: HostReporting): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const program = process.argv[1] ?? '';
  const trust = authority === undefined ? [] : ['--ca-file', authority];
  const child = spawn(
    process.execPath,
    [...process.execArgv, program, ...args, '--upload', server, '--asset', `host:${name}`, ...trust],
    // The token is not among the arguments, which every user of the machine can read.
    { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, PLIMSOLL_TOKEN: token } },
  );
  const stop = (): void => void child.kill('SIGTERM');
  signal.addEventListener('abort', stop, { once: true });
  child.on('error', () => resolve(INCOMPLETE));
  child.on('exit', (code) => resolve(code ?? INCOMPLETE));
  return promise.finally(() => signal.removeEventListener('abort', stop));
}
