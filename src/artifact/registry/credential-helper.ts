import { spawn } from 'node:child_process';
import { err, ok, type Result } from '#foundation/index.ts';
import type { Environment } from '../environment.ts';
import { asText, parseJsonObject } from '../image/json.ts';

export interface HelperAnswer {
  readonly username: string;
  readonly secret: string;
}

const TIMEOUT_MS = 30_000;
const MAX_OUTPUT_BYTES = 256 * 1024;

/** Asks `docker-credential-<helper> get`, the server's name on its standard input. `none` when it holds no login. */
export async function askCredentialHelper(
  helper: string,
  server: string,
  environment: Environment,
  signal: AbortSignal,
): Promise<Result<HelperAnswer | 'none'>> {
  // The name comes from a file and becomes that of a program: no slash may point it elsewhere.
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(helper))
    return err('the credential helper in the login file has no valid name');
  const program = `docker-credential-${helper}`;
  const run = await runProgram(program, server, environment, signal);
  if (!run.ok) return run;
  if (run.value.status !== 0) {
    return /not found/i.test(run.value.output)
      ? ok('none')
      : err(`${program} failed (exit status ${run.value.status})`);
  }
  const answer = parseJsonObject(Buffer.from(run.value.output));
  const username = answer.ok ? asText(answer.value['Username']) : undefined;
  const secret = answer.ok ? asText(answer.value['Secret']) : undefined;
  return username === undefined || secret === undefined
    ? err(`${program} gave no readable answer`)
    : ok({ username, secret });
}

interface Run {
  readonly status: number | null;
  readonly output: string;
}

function runProgram(
  program: string,
  input: string,
  environment: Environment,
  signal: AbortSignal,
): Promise<Result<Run>> {
  return new Promise((resolve) => {
    const child = spawn(program, ['get'], {
      env: { ...environment },
      stdio: ['pipe', 'pipe', 'ignore'],
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    const pieces: Buffer[] = [];
    let size = 0;
    child.stdout.on('data', (piece: Buffer) => {
      size += piece.length;
      if (size > MAX_OUTPUT_BYTES) child.kill();
      else pieces.push(piece);
    });
    child.on('error', (cause) => {
      const missing = 'code' in cause && cause.code === 'ENOENT';
      resolve(
        err(missing ? `${program} is named in the login file but is not installed` : `${program} could not be run`),
      );
    });
    child.on('close', (status) => resolve(ok({ status, output: Buffer.concat(pieces).toString('utf8') })));
    // A helper that does not read its input closes the pipe.
    child.stdin.on('error', () => undefined);
    child.stdin.end(`${input}\n`);
  });
}
