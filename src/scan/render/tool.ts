import { execFile } from 'node:child_process';
import { access, constants, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { err, ok, type Result } from '#foundation/index.ts';
import type { Project } from './projects.ts';

interface Command {
  readonly program: string;
  /** @param directory absolute, so that it can be taken for no option */
  argv(directory: string): readonly string[];
}

const RELEASE = 'rendered';
/** Charts ask for one that is new enough, and helm takes one that it was built with. */
const KUBERNETES = '1.34.0';
const ALSO = ['--skip-tests', '--include-crds'];

/** In the order in which they are looked for. Neither plugins nor programs of the project nor names of hosts are asked for. */
const COMMANDS: Readonly<Record<Project['kind'], readonly Command[]>> = {
  chart: [
    {
      program: 'helm',
      argv: (directory) => [
        'template',
        RELEASE,
        directory,
        '--namespace',
        RELEASE,
        '--kube-version',
        KUBERNETES,
        ...ALSO,
      ],
    },
  ],
  kustomization: [
    { program: 'kustomize', argv: (directory) => ['build', directory] },
    { program: 'kubectl', argv: (directory) => ['kustomize', directory] },
  ],
};

export interface Limits {
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

/** A program that renders a kind of projects, as it is found on this machine. */
export interface Tool {
  readonly path: string;
  readonly argv: Command['argv'];
}

/** Directories of `path` that are relative would lead into what is scanned. */
export async function findTool(kind: Project['kind'], path: string): Promise<Tool | undefined> {
  for (const { program, argv } of COMMANDS[kind]) {
    for (const directory of path.split(delimiter).filter(isAbsolute)) {
      const file = join(directory, program);
      if (await isExecutable(file)) return { path: file, argv };
    }
  }
  return undefined;
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

export function programsFor(kind: Project['kind']): string {
  return COMMANDS[kind].map(({ program }) => program).join(' or ');
}

/**
 * What the tool writes for a project, or why it failed. It runs in an empty home of its own, without the environment of whoever scans:
 * no credentials, no plugins, no settings. Where it would go to the network after all, it is led nowhere.
 */
export async function runTool({ path, argv }: Tool, directory: string, limits: Limits): Promise<Result<string>> {
  const home = await mkdtemp(join(tmpdir(), 'plimsoll-render-'));
  try {
    return await new Promise((done) => {
      const options = {
        cwd: home,
        env: environmentIn(home, dirname(path)),
        timeout: limits.timeoutMs,
        maxBuffer: limits.maxBytes,
        killSignal: 'SIGKILL',
        encoding: 'utf8',
      } as const;
      const child = execFile(path, [...argv(directory)], options, (error, stdout, stderr) => {
        done(error === null ? ok(stdout) : err(reasonOf(error, stderr, limits)));
      });
      child.stdin?.end();
    });
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

function environmentIn(home: string, path: string): Record<string, string> {
  const nowhere = 'http://127.0.0.1:9';
  return {
    PATH: path,
    HOME: home,
    HELM_CONFIG_HOME: join(home, 'helm'),
    HELM_CACHE_HOME: join(home, 'helm'),
    HELM_DATA_HOME: join(home, 'helm'),
    HELM_PLUGINS: join(home, 'plugins'),
    KUBECONFIG: join(home, 'none'),
    GIT_ALLOW_PROTOCOL: 'none',
    HTTP_PROXY: nowhere,
    HTTPS_PROXY: nowhere,
    LC_ALL: 'C',
  };
}

function reasonOf(error: Error & { code?: unknown; killed?: boolean }, stderr: string, limits: Limits): string {
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return `it renders to more than ${limits.maxBytes} bytes`;
  if (error.killed) return `rendering took longer than ${limits.timeoutMs / 1000} seconds`;
  // Warnings come first.
  const from = Math.max(0, stderr.search(/^Error: /m));
  const said = stderr.slice(from).replace(/\s+/g, ' ').trim().slice(0, 300);
  return said === '' ? error.message.slice(0, 300) : said;
}
