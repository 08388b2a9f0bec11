export { inventoryFromSbom } from './from-artifact.ts';
export { inventoryOf, type SbomInventory } from './inventory.ts';
export { readSbom, readSbomMembers } from './read.ts';
