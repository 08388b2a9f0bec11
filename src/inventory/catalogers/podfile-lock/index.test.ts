import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inputFile } from '../../../../test/kit/input-file.ts';
import { podfileLock } from './index.ts';

function read(content: string | Buffer) {
  const { fragment, problems } = podfileLock.read(inputFile('Podfile.lock', content));
  const packages = fragment?.packages ?? [];
  const rows = packages.map((p) => `${p.name} ${p.version} ${p.relation} needs ${p.dependencies?.join()}`);
  return { rows, codes: problems.map(({ code }) => code) };
}

test('reads libraries, their parts and what they need', () => {
  assert.deepEqual(read(readFileSync(new URL('testdata/Podfile.lock', import.meta.url))), {
    rows: [
      'AFNetworking 4.0.1 direct needs AFNetworking/Security@4.0.1',
      'AFNetworking/Security 4.0.1 transitive needs ',
      'GoogleUtilities/NSData+zlib 7.11.0 transitive needs ',
    ],
    codes: ['podfile-lock-record-unusable'],
  });
});

test('a file of something else is a problem', () => {
  assert.deepEqual(read('<html>\n'), { rows: [], codes: ['podfile-lock-unreadable'] });
});
