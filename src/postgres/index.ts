export { isDatabaseAway } from './away.ts';
export { type BackupHeader, backUpDatabase, restoreDatabase } from './backup/index.ts';
export { type DatabaseLocation, type OpenedDatabase, openDatabase } from './database.ts';
export { runningServer } from './embedded/running.ts';
