import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { compareTexts } from '#foundation/index.ts';

/** A directory that manifests are made from. */
export interface Project {
  readonly kind: 'chart' | 'kustomization';
  /** Absolute. */
  readonly directory: string;
  /** From the root of what is scanned, without a slash at either end; empty for the root. */
  readonly path: string;
  /** `Chart.yaml`, `kustomization.yaml`. */
  readonly file: string;
}

const MAX_ENTRIES = 200_000;
const FILES: ReadonlyMap<string, Project['kind']> = new Map([
  ['Chart.yaml', 'chart'],
  ['kustomization.yaml', 'kustomization'],
  ['kustomization.yml', 'kustomization'],
  ['Kustomization', 'kustomization'],
]);
const FOREIGN = /(?:^|\/)(?:node_modules|\.git)(?:\/|$)/;

/** The charts and kustomizations below a directory, sorted. Charts within a chart are its parts and rendered with it. */
export async function findProjects(root: string): Promise<readonly Project[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const found = entries.slice(0, MAX_ENTRIES).flatMap((entry): Project[] => {
    const kind = entry.isFile() ? FILES.get(entry.name) : undefined;
    const path = relative(root, entry.parentPath).replaceAll('\\', '/');
    return kind === undefined || FOREIGN.test(path)
      ? []
      : [{ kind, directory: join(root, path), path, file: entry.name }];
  });
  const charts = new Set(found.filter(({ kind }) => kind === 'chart').map(({ path }) => path));
  return found.filter(({ path }) => !isPart(path, charts)).sort((a, b) => compareTexts(a.path, b.path));
}

function isPart(path: string, charts: ReadonlySet<string>): boolean {
  const steps = path.split('/');
  return steps.some((step, index) => step === 'charts' && charts.has(steps.slice(0, index).join('/')));
}
