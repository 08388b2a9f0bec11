import { EvaluationFault } from '../values/value.ts';
import { global, type Overload } from './function.ts';

export const encoders: readonly Overload[] = [
  global('base64.encode', 'bytes -> string', (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')),
  global('base64.decode', 'string -> bytes', decode),
];

/** With or without padding; anything else between is an error, which the platform would pass over. */
function decode(text: string): Uint8Array {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw new EvaluationFault('illegal base64 data');
  return new Uint8Array(Buffer.from(text, 'base64'));
}
