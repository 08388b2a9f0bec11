import { closeSync, openSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { descriptorContent, ok, type Result } from '#foundation/index.ts';
import type { DocumentArtifact } from '../artifact.ts';
import { type TargetError, targetError } from '../target-error.ts';

/** A file that describes an artifact. What is in it is read by whoever wants to know. */
export async function openDocument(path: string): Promise<Result<DocumentArtifact, TargetError>> {
  const stats = await stat(path).catch(() => undefined);
  if (stats === undefined) return targetError('not-found', `${path} does not exist or cannot be read`);
  if (!stats.isFile()) return targetError('usage', `${path} is no file; sbom: wants an SBOM file`);
  const descriptor = openReadable(path);
  if (descriptor === undefined) return targetError('not-found', `${path} cannot be read`);
  let isOpen = true;
  return ok({
    kind: 'document',
    scheme: 'sbom',
    name: path,
    path: resolve(path),
    content: descriptorContent(descriptor, 0, stats.size),
    problems: [],
    async close() {
      if (isOpen) closeSync(descriptor);
      isOpen = false;
    },
  });
}

function openReadable(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch {
    return undefined;
  }
}
