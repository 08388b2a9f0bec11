export { makeAdministratorLink, makeOwnLink } from './authentication/link.ts';
export { type BackupSummary, restoreBackupFile, writeBackupFile } from './backup/backup-file.ts';
export { openApiDocument } from './openapi.ts';
export { parseAddressRange } from './outbound/index.ts';
export { routes } from './routes/index.ts';
export { type RunningServer, type ServerRole, type ServeSettings, serve, serverRoles } from './serve.ts';
