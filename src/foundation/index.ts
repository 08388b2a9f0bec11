export {
  asBuffer,
  type ByteStream,
  contentBySlices,
  DamagedInput,
  descriptorContent,
  type FileContent,
  type FileSlice,
  memoryContent,
  Spool,
} from './bytes/index.ts';
export {
  type Compression,
  defaultUnpackLimits,
  detectCompression,
  type UnpackLimits,
  unpackBytes,
  unpackFile,
} from './compression/index.ts';
export { createHttpClient } from './http/client.ts';
export type { HttpClient, HttpClientOptions, HttpResponse } from './http/contract.ts';

export { displayUrl, type HttpError } from './http/http-error.ts';
export { isLoopback } from './http/loopback.ts';
export type { RequestHeaders } from './http/redirect.ts';
export { mergeProblems, type Problem, ProblemLog } from './problem.ts';
export { err, ok, type Result } from './result.ts';
export {
  leavesRoot,
  normalisePath,
  pathText,
  type TarEntry,
  type TarLimits,
  type TarWalk,
  walkTar,
} from './tar/index.ts';
export { programVersion, userAgent } from './version.ts';
export { xzStream } from './xz/index.ts';
export {
  bufferAccess,
  fileAccess,
  openZip,
  type RandomAccess,
  writeStoredZip,
  type ZipArchive,
  type ZipEntry,
  type ZipSource,
} from './zip/index.ts';
