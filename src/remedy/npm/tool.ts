import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, realpath } from 'node:fs/promises';
import { delimiter, isAbsolute, join, sep } from 'node:path';
import { err, ok, type Result } from '#foundation/index.ts';

const TIMEOUT_MS = 180_000;
const MAX_OUTPUT_BYTES = 16 * 1024 * 1024;

/**
 * Said with every command, and stronger than any setting. No script runs; `git` is a program that is not there, because npm would
 * otherwise clone what dependencies name and clones can bring settings of their own; the directory is the copy and no parent of it.
 */
const RULES = [
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--no-update-notifier',
  '--no-progress',
  '--no-color',
  '--loglevel=error',
  '--logs-max=0',
  '--git=/nonexistent/plimsoll-runs-no-git',
  '--allow-git=none',
  '--allow-remote=none',
  '--node-options=',
  '--fetch-retries=1',
  '--fetch-timeout=60000',
];

/** What npm gets to see of the environment: where programs and its own settings are, and the way to the network. No tokens. */
const VARIABLES = new Set([
  'path',
  'home',
  'tmpdir',
  'https_proxy',
  'http_proxy',
  'no_proxy',
  'node_extra_ca_certs',
  'ssl_cert_file',
  'npm_config_registry',
  'npm_config_userconfig',
  'npm_config_cache',
  'npm_config_cafile',
  'npm_config_https_proxy',
  'npm_config_proxy',
  'npm_config_noproxy',
]);

/** npm as it is installed on this machine, run without a shell and for a bounded time. */
export interface NpmTool {
  /** Standard output. The arguments are npm's own words and checked names. */
  run(command: string, args: readonly string[], directory: string, signal: AbortSignal): Promise<Result<string>>;
}

/** Undefined when PATH has none. What lies in the scanned directory or is found by a relative PATH is not npm. */
export async function findNpm(environment: NodeJS.ProcessEnv, notInside: string): Promise<NpmTool | undefined> {
  const outside = (await realpath(notInside)) + sep;
  for (const directory of (environment['PATH'] ?? '').split(delimiter)) {
    if (!isAbsolute(directory)) continue;
    const program = join(directory, 'npm');
    try {
      await access(program, constants.X_OK);
      if (program.startsWith(outside) || (await realpath(program)).startsWith(outside)) continue;
      return { run: (command, args, where, signal) => runNpm(program, environment, { command, args, where, signal }) };
    } catch {
      // Not in this directory.
    }
  }
  return undefined;
}

interface Call {
  readonly command: string;
  readonly args: readonly string[];
  readonly where: string;
  readonly signal: AbortSignal;
}

function runNpm(program: string, environment: NodeJS.ProcessEnv, call: Call): Promise<Result<string>> {
  const { command, args, where, signal } = call;
  return new Promise((resolve) => {
    execFile(
      program,
      [command, ...RULES, `--prefix=${where}`, ...args],
      {
        cwd: where,
        env: minimal(environment),
        timeout: TIMEOUT_MS,
        killSignal: 'SIGKILL',
        maxBuffer: MAX_OUTPUT_BYTES,
        signal,
        windowsHide: true,
      },
      (error, stdout, stderr) => {
        if (!error) return resolve(ok(stdout));
        const why = error.killed ? `did not end within ${TIMEOUT_MS / 1000} s` : firstWords(stderr) || error.message;
        resolve(err(`npm ${command} ${why}`));
      },
    );
  });
}

function minimal(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(([name]) => VARIABLES.has(name.toLowerCase()));
  // A package manager that the project names must not be fetched and run in npm's place.
  return { ...Object.fromEntries(kept), COREPACK_ENABLE_PROJECT_SPEC: '0' };
}

function firstWords(stderr: string): string {
  const lines = stderr.split('\n').map((line) => line.replace(/^npm (?:error|ERR!) ?/, '').trim());
  const said = lines.filter(
    (line) => line !== '' && !/^(?:npm )?warn\b|(?:complete log of this run|log files were not written)/i.test(line),
  );
  return said.length === 0 ? '' : `says: ${said.slice(0, 6).join(' ').slice(0, 600)}`;
}
