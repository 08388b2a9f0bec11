export { makeAdministratorLink, makeOwnLink } from './authentication/link.ts';
export { type BackupSummary, restoreBackupFile, writeBackupFile } from './backup/backup-file.ts';
export { parseAddressRange } from './outbound/index.ts';
export { type RunningServer, type ServerRole, type ServeSettings, serve, serverRoles } from './serve.ts';
