export { type ByteStream, type FileSlice, fileStream, memoryStream, type SyncByteStream } from './byte-stream.ts';
export { DamagedInput } from './damaged-input.ts';
export { accessBySlices, asBuffer, descriptorAccess, memoryAccess, type RandomAccess } from './random-access.ts';
export { Spool } from './spool.ts';
