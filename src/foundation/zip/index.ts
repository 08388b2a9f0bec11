export { openZip, type ZipArchive, type ZipLimits } from './archive.ts';
export type { ZipEntry } from './entry.ts';
export { bufferAccess, fileAccess, type RandomAccess } from './random-access.ts';
export { writeStoredZip, type ZipSource } from './write.ts';
