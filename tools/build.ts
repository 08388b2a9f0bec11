// Bundles the program into dist/: one file for the command line, one for the analysis worker, chunks loaded on demand, and the console.
// `--console`: the console alone, in place.
import { cpSync, existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import manifest from '../package.json' with { type: 'json' };
import { buildConsole } from './build-console.ts';

const root = join(import.meta.dirname, '..');
const entryPoints = {
  plimsoll: join(root, 'src/bin/plimsoll.ts'),
  'analysis-worker': join(root, 'src/analysis/worker.ts'),
};

const isForced = !process.argv.includes('--if-stale');
if (process.argv.includes('--console')) await buildConsole(root, join(root, 'dist/console'));
else if (isForced || isStale()) await bundle();

async function bundle(): Promise<void> {
  const making = join(root, 'dist.making');
  rmSync(making, { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints,
    outdir: making,
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    chunkNames: 'chunks/[name]-[hash]',
    legalComments: 'none',
    minifySyntax: true,
    sourcemap: 'linked',
    define: { PLIMSOLL_BUNDLED: 'true', PLIMSOLL_VERSION: JSON.stringify(manifest.version) },
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    // A native module: it is taken from node_modules, and only by who watches a machine.
    external: ['koffi'],
    logLevel: 'warning',
  });
  cpSync(join(root, 'content/policies'), join(making, 'policies'), { recursive: true });
  cpSync(join(root, 'content/lessons'), join(making, 'lessons'), { recursive: true });
  if (isForced || isConsoleStale()) await buildConsole(root, join(making, 'console'));
  else cpSync(join(root, 'dist/console'), join(making, 'console'), { recursive: true, preserveTimestamps: true });
  cpSync(join(root, 'content/rules/runtime'), join(making, 'runtime-rules'), { recursive: true });
  for (const machine of ['x64', 'arm64']) {
    const object = `sensor.${machine}.o`;
    cpSync(join(root, 'src/runtime/sensors/bpf', object), join(making, object));
  }
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  renameSync(making, join(root, 'dist'));
}

function isStale(): boolean {
  return (
    isConsoleStale() || isOlder('dist/plimsoll.js', ['src', 'content', 'tools', 'package.json', 'package-lock.json'])
  );
}

function isConsoleStale(): boolean {
  return isOlder('dist/console/index.html', ['console', 'tools/build-console.ts', 'package-lock.json']);
}

/** What was built is out of date when any file that goes into it is newer. */
function isOlder(output: string, inputs: readonly string[]): boolean {
  if (!existsSync(join(root, output))) return true;
  const built = statSync(join(root, output)).mtimeMs;
  return inputs.some((path) => newest(join(root, path)) > built);
}

function newest(path: string): number {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(
    stat.mtimeMs,
    ...readdirSync(path)
      .filter((name) => name !== 'node_modules')
      .map((name) => newest(join(path, name))),
  );
}
