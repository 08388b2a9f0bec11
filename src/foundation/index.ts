export {
  asBuffer,
  type ByteStream,
  contentByReading,
  DamagedInput,
  descriptorContent,
  type FileContent,
  type FileSlice,
  memoryContent,
} from './bytes/index.ts';
export { bzip2Stream, isBzip2 } from './bzip2/index.ts';
export {
  COMPRESSION_MAGIC_BYTES,
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
export { type Paint, painter, type Style } from './paint.ts';
export { printable, printableLines } from './printable.ts';
export { mergeProblems, type Problem, ProblemLog } from './problem.ts';
export { err, ok, type Result } from './result.ts';
export { nearestWords, suggestion } from './suggestion.ts';
export {
  type TarEntry,
  type TarLimits,
  type TarVisitor,
  type TarWalk,
  walkTar,
} from './tar/index.ts';
export { compareTexts } from './text-order.ts';
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
