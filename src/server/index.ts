export type { AdvisorySettings } from './advisories/settings.ts';
export { makeAdministratorLink, makeOwnLink } from './authentication/link.ts';
export { type BackupSummary, restoreBackupFile, writeBackupFile } from './backup/backup-file.ts';
export { jobHandlers } from './jobs/handlers.ts';
export { createOutbound, parseAddressRange } from './outbound/index.ts';
export type { ServerContext } from './route.ts';
export { routes } from './routes/index.ts';
export { createSecretBox, readKeyFile } from './secrets/index.ts';
export { type RunningServer, type ServerRole, type ServeSettings, serve, serverRoles } from './serve.ts';
