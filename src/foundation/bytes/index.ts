export type { ByteStream, FileSlice } from './byte-stream.ts';
export { DamagedInput } from './damaged-input.ts';
export { asBuffer, contentByReading, descriptorContent, type FileContent, memoryContent } from './file-content.ts';
