export { type XzLimits, xzStream } from './decode.ts';
