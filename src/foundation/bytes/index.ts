export { type ByteStream, type FileSlice, fileStream, memoryStream, type SyncByteStream } from './byte-stream.ts';
export { DamagedInput } from './damaged-input.ts';
export { asBuffer, contentBySlices, descriptorContent, type FileContent, memoryContent } from './file-content.ts';
export { Spool } from './spool.ts';
