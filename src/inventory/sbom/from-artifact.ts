import type { DocumentArtifact } from '#artifact/index.ts';
import { DamagedInput, err, ok, type Result } from '#foundation/index.ts';
import type { SbomDocument } from './document.ts';
import { inventoryOf, type SbomInventory } from './inventory.ts';
import { readSbom } from './read.ts';

/** Reads the SBOM that a target is, and takes the inventory that it describes. An error says why there is none. */
export function inventoryFromSbom(artifact: DocumentArtifact, now: Date): Result<SbomInventory> {
  const { name, content } = artifact;
  const document = readContent(artifact);
  return document.ok ? ok(inventoryOf(document.value, { path: name, size: content.size }, now)) : document;
}

function readContent({ name, content }: DocumentArtifact): Result<SbomDocument> {
  try {
    const document = readSbom(content);
    return document.ok ? document : err(`${name} could not be read as an SBOM: it ${document.error}`);
  } catch (error) {
    if (error instanceof DamagedInput) return err(`${name} could not be read: ${error.message}`);
    throw error;
  }
}
