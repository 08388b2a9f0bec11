import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { build, missingCompiler, renderCalls, sourceDigest } from '../../../../tools/bpf-sensor.ts';

const here = import.meta.dirname;
const missing = missingCompiler();

describe('the BPF objects in the tree', () => {
  it('were built from these sources', () => {
    assert.equal(
      readFileSync(join(here, 'source.sha256'), 'utf8').trim(),
      sourceDigest(),
      'run node tools/bpf-sensor.ts',
    );
    assert.equal(readFileSync(join(here, 'program/calls.h'), 'utf8'), renderCalls(), 'run node tools/bpf-sensor.ts');
  });

  for (const [target, machine] of [
    ['x86', 'x64'],
    ['arm64', 'arm64'],
  ] as const) {
    it(`are what the compiler makes, byte for byte: ${machine}`, {
      skip: missing === undefined ? false : `skipped, ${missing}`,
    }, () => {
      assert.ok(build(target).equals(readFileSync(join(here, `sensor.${machine}.o`))));
    });
  }
});
