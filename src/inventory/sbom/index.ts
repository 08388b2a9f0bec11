export { inventoryOf, type SbomInventory } from './inventory.ts';
export { MAX_SBOM_BYTES, readSbom } from './read.ts';
export type { SbomSubject } from './subject.ts';
