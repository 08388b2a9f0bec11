import { isDeepStrictEqual } from 'node:util';
import type { Json } from '#artifact/index.ts';
import type { LayerOrigin } from '#model/index.ts';
import type { LayerReport } from './layer-report.ts';
import { contentOf, type SquashedTree } from './squashed-tree.ts';

/** What a reader made of one file of one layer, whether a container would still see that file or not. */
export interface LayerReading<F extends Json = Json> {
  readonly path: string;
  readonly fragment: F;
  readonly layer?: LayerOrigin;
  /** A later layer deleted or replaced the file. */
  readonly isDeleted: boolean;
}

/**
 * All that a reader, whose fragments are of type `F`, found in any layer. Where several layers have the same path with the same reading (a file whose mode was
 * changed, say), the newest stands for them.
 */
export function layerReadings<F extends Json>(
  reader: string,
  reports: readonly LayerReport[],
  tree: SquashedTree,
  origins: readonly LayerOrigin[],
): LayerReading<F>[] {
  const found = new Set<LayerReading<F>>();
  const byPath = new Map<string, LayerReading<F>[]>();
  for (const [index, { changes }] of reports.entries()) {
    for (const change of changes) {
      const fragment = change.kind === 'file' ? (change.read?.[reader] ?? null) : null;
      if (fragment === null) continue;
      const { path } = change;
      const layer = origins[index];
      const isDeleted = !isVisible(tree, path, index);
      // It is what this reader returned: reports are made by this program, and damaged ones are not read back.
      const reading = { path, fragment: fragment as F, ...(layer ? { layer } : {}), isDeleted };
      const before = byPath.get(path) ?? [];
      const others = before.filter((one) => !isDeepStrictEqual(one.fragment, fragment));
      for (const one of before) if (!others.includes(one)) found.delete(one);
      byPath.set(path, [...others, reading]);
      found.add(reading);
    }
  }
  return [...found];
}

function isVisible(tree: SquashedTree, path: string, layer: number): boolean {
  const found = tree.resolve(path, false);
  return found.kind === 'found' && found.node.kind === 'file' && contentOf(found.node.versions)?.layer === layer;
}
