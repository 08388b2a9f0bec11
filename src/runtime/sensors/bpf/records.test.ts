import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventTypeNumber } from '../../event-type.ts';
import { RecordDecoder } from './records.ts';
import { TextCache } from './texts.ts';

const RECORD_BYTES = 128;
const IS_CALL = 0x20000;

/** A record as the program in the kernel writes it. */
function record(
  type: string,
  args: readonly bigint[],
  result: bigint,
  sections: readonly (readonly [tag: number, bytes: Buffer])[],
): Buffer {
  const head = Buffer.alloc(RECORD_BYTES);
  head.writeBigUInt64LE(5_000_000n, 0);
  head.writeBigUInt64LE(0x1_0000_0007n, 8);
  head.writeBigInt64LE(result, 16);
  for (const [index, value] of args.entries()) head.writeBigUInt64LE(BigInt.asUintN(64, value), 24 + 8 * index);
  head.writeUInt32LE(42, 72);
  head.writeUInt32LE(43, 76);
  head.writeUInt16LE(1, 92);
  head.writeUInt16LE(eventTypeNumber(type) ?? 0, 94);
  head.write('worker', 96);
  const body = Buffer.concat(
    sections.map(([tag, bytes]) =>
      Buffer.concat([Buffer.from([tag, 0, bytes.length & 0xff, bytes.length >> 8]), bytes]),
    ),
  );
  head.writeUInt32LE(body.length, 116);
  head.writeUInt32LE(IS_CALL, 120);
  const whole = Buffer.concat([head, body]);
  return Buffer.concat([whole, Buffer.alloc(8 - (whole.length % 8))]);
}

const decode = (bytes: Buffer, length = bytes.length) => {
  const aligned = Buffer.from(new ArrayBuffer(bytes.length));
  bytes.copy(aligned);
  return new RecordDecoder(aligned, 1_000_000).decode(0, length);
};

describe('records of the ring buffer', () => {
  it('an open: numbers by their place, the path, the time on the wall', () => {
    const event = decode(record('openat', [-100n, 0n, 0o101n, 0o644n], 3n, [[1, Buffer.from('/etc/passwd\0')]]));
    assert.ok(event);
    assert.deepEqual(
      [
        event.type,
        event.timeUs,
        event.cgroupId,
        event.pid,
        event.tid,
        event.comm,
        event.directoryFd,
        event.flags,
        event.mode,
        event.fd,
        event.path,
      ],
      ['openat', 1_005_000, 4294967303, 42, 43, 'worker', -100, 0o101, 0o644, 3, '/etc/passwd'],
    );
  });

  it('a failure keeps its number', () => {
    assert.equal(decode(record('openat', [], -13n, []))?.result, -13);
    assert.equal(decode(record('openat', [], -13n, []))?.fd, -1);
  });

  it('a connection: both ends, IPv4 in IPv6 as IPv4', () => {
    const ends = Buffer.alloc(44);
    ends.writeUInt16LE(10, 0);
    ends.writeUInt16LE(1, 2);
    ends.writeUInt16LE(6, 4);
    ends.writeUInt16LE(5000, 6);
    ends.writeUInt16LE(443, 8);
    Buffer.from('00000000000000000000ffff0a000001', 'hex').copy(ends, 12);
    Buffer.from('20010db8000000000000000000000001', 'hex').copy(ends, 28);
    const event = decode(record('connect', [3n], 0n, [[5, ends]]));
    assert.deepEqual(event?.socket?.local, { family: 2, ip: '10.0.0.1', port: 5000 });
    assert.deepEqual(event?.socket?.remote, { family: 10, ip: '2001:db8::1', port: 443 });
  });

  it('what is cut or not ours is refused, never read beyond', () => {
    const whole = record('openat', [], 3n, [[1, Buffer.from('/etc/passwd\0')]]);
    assert.equal(decode(whole, RECORD_BYTES), undefined);
    const strange = Buffer.from(whole);
    strange.writeUInt16LE(60_000, 94);
    assert.equal(decode(strange), undefined);
    const lying = Buffer.from(whole);
    lying.writeUInt16LE(5000, RECORD_BYTES + 2);
    assert.equal(decode(lying)?.path, undefined);
  });
});

it('texts are given back as they were made, also when many share their place', () => {
  const texts = new TextCache();
  const words = Array.from({ length: 40_000 }, (_, index) => `/path/${index}/with/ünïcode`);
  for (const word of [...words, ...words]) {
    const bytes = Buffer.from(word);
    assert.equal(texts.read(bytes, 0, bytes.length), word);
  }
});
