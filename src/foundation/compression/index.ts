export { COMPRESSION_MAGIC_BYTES, type Compression, detectCompression } from './detect.ts';
export {
  defaultUnpackLimits,
  type Unpacked,
  type UnpackLimits,
  type UnpackOptions,
  unpackBytes,
  unpackFile,
} from './unpack.ts';
