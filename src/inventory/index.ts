export * from './cataloger.ts';
export * from './inventory.ts';
