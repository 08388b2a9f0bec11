import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contentClass } from './content-class.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);
const tar = Buffer.alloc(512);
tar.write('ustar', 257);

for (const [what, head, expected] of [
  ['nothing', bytes(), undefined],
  ['an ELF', Buffer.from('\x7fELF\x02\x01\x01', 'latin1'), 'elf'],
  ['a PE', Buffer.from('MZ\x90\0', 'latin1'), 'pe'],
  ['a 64-bit Mach-O', bytes(0xcf, 0xfa, 0xed, 0xfe), 'mach-o'],
  ['a fat Mach-O of two', bytes(0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 2), 'mach-o'],
  ['a Java class', bytes(0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 61), 'binary'],
  ['a script', Buffer.from('#!/bin/sh\n'), 'script'],
  ['a text', Buffer.from('key = value\n'), 'text'],
  ['a text of one byte', Buffer.from('x'), 'text'],
  ['UTF-16', bytes(0xff, 0xfe, 0x61, 0), 'text'],
  ['gzip', bytes(0x1f, 0x8b, 8, 0), 'archive'],
  ['zip', Buffer.from('PK\x03\x04\0\0', 'latin1'), 'archive'],
  ['tar', tar, 'archive'],
  ['other bytes', bytes(1, 2, 0, 4), 'binary'],
] as const) {
  test(`${what} is ${expected ?? 'of no class'}`, () => assert.equal(contentClass(head), expected));
}
