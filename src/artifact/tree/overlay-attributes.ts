import { unpackBytes, walkTar } from '#foundation/index.ts';

export interface OverlayAttributes {
  readonly opaque: ReadonlySet<string>;
  readonly redirected: ReadonlySet<string>;
}

const PATTERNS = ['trusted.overlay.*', 'user.overlay.*', 'user.fuseoverlayfs.*'];
const ARCHIVE = [
  '--create',
  '--file=-',
  '--format=posix',
  '--no-recursion',
  '--xattrs',
  '--null',
  '--verbatim-files-from',
  '--files-from=-',
];

/**
 * The overlay file system's marks on these directories (paths below `root`). Node cannot read extended attributes, but GNU
 * tar can write them into an archive. `undefined` when it is not there or did not do it.
 */
export async function readOverlayAttributes(
  root: string,
  directories: readonly string[],
): Promise<OverlayAttributes | undefined> {
  const opaque = new Set<string>();
  const redirected = new Set<string>();
  if (directories.length === 0) return { opaque, redirected };
  // Loaded when needed only: it costs more to load than all the rest of a worker.
  const { spawnSync } = await import('node:child_process');
  const done = spawnSync('tar', [...ARCHIVE, ...PATTERNS.map((pattern) => `--xattrs-include=${pattern}`)], {
    cwd: root,
    input: directories.map((path) => `./${path}\0`).join(''),
    maxBuffer: 64 * 2 ** 20,
    timeout: 30_000,
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C' },
  });
  if (done.error || done.status !== 0) return undefined;
  const entry = ({ path, ...marks }: { path: string; opaque: boolean; redirected: boolean }) => {
    if (marks.opaque) opaque.add(path);
    if (marks.redirected) redirected.add(path);
    return false;
  };
  const walk = await walkTar(unpackBytes(done.stdout).stream, { entry, body: () => undefined });
  return walk.entries === directories.length ? { opaque, redirected } : undefined;
}
