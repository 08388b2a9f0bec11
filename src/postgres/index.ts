export { type DatabaseLocation, type OpenedDatabase, openDatabase } from './database.ts';
export { takeOwnership } from './embedded/owner.ts';
