import { defaultMaxBytes, type FuzzTarget } from '../target.ts';
import { type ByteOrder, mutateBytes } from './bytes.ts';
import { mutateJson } from './json.ts';
import type { Random } from './random.ts';
import { mutateText } from './text.ts';

/** A changed copy of one of the seeds: mostly one change, sometimes many. */
export function mutate(target: FuzzTarget, seeds: readonly Uint8Array[], random: Random): Buffer {
  let bytes: Buffer = Buffer.from(seeds[random.below(seeds.length)] ?? []);
  const changes = random.oneIn(3) ? 1 + random.below(12) : 1 + random.below(2);
  for (let round = 0; round < changes; round++) {
    const other = seeds[random.below(seeds.length)] ?? new Uint8Array(0);
    bytes = changed(bytes, other, target.form, random).subarray(0, target.maxBytes ?? defaultMaxBytes);
  }
  return target.repair && !random.oneIn(5) ? target.repair(Buffer.from(bytes)) : bytes;
}

function changed(bytes: Buffer, other: Uint8Array, form: FuzzTarget['form'], random: Random): Buffer {
  if (form === 'little-endian' || form === 'big-endian') return changedBytes(bytes, other, form, random);
  // A text whose encoding is broken is a case of its own, and not the usual one.
  if (random.oneIn(10)) return changedBytes(bytes, other, 'little-endian', random);
  const text = bytes.toString('utf8');
  const otherText = Buffer.from(other).toString('utf8');
  const tree = form === 'json' && !random.oneIn(4) ? mutateJson(text, otherText, random) : undefined;
  return Buffer.from(tree ?? mutateText(text, otherText, random));
}

function changedBytes(bytes: Buffer, other: Uint8Array, order: ByteOrder, random: Random): Buffer {
  return bytes.length === 0 ? Buffer.from(other) : mutateBytes(bytes, other, random, order);
}
