export { decodeXz, type XzLimits } from './decode.ts';
