export { bzip2Stream, isBzip2 } from './decode.ts';
