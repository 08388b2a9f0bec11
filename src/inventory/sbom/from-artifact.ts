import type { DocumentArtifact } from '#artifact/index.ts';
import { err, ok, type Result } from '#foundation/index.ts';
import { inventoryOf, type SbomInventory } from './inventory.ts';
import { readSbom } from './read.ts';

/** Reads the SBOM that a target is, and takes the inventory that it describes. An error says why there is none. */
export function inventoryFromSbom({ name, content }: DocumentArtifact, now: Date): Result<SbomInventory> {
  const document = readSbom(content);
  if (!document.ok) return err(`${name} could not be read as an SBOM: it ${document.error}`);
  return ok(inventoryOf(document.value, { path: name, size: content.size }, now));
}
