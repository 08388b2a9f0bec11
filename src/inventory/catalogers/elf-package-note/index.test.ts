import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { elfOf, noteOf } from '../../../../test/kit/executables.ts';
import { inputFile } from '../../../../test/kit/input-file.ts';
import { elfPackageNote, parseNote } from './index.ts';

const TYPE = 0xcafe1a7e;

function program(note: string, { owner = 'FDO', type = TYPE, withoutSections = false } = {}): Buffer {
  const content = noteOf(owner, type, Buffer.from(`${note}\0`));
  return elfOf([{ name: '.note.package', type: 7, content }], { withoutSections });
}

test('reads the sample', () => {
  const sample = readFileSync(new URL('testdata/hello', import.meta.url));
  const { packages, problems } = parseNote(inputFile('usr/bin/hello', sample));
  assert.deepEqual(problems, []);
  const [name, version] = ['hello', '1.2-3.fc40'];
  assert.deepEqual(packages, [{ type: 'rpm', name, version, source: { name, version }, architecture: 'x86_64' }]);
});

for (const [what, bytes, expected, codes] of [
  ['of Debian', program('{"type":"deb","name":"a","version":"2:1"}'), ['deb a 2:1'], []],
  ['of Arch Linux', program('{"type":"arch","name":"a","version":"1-1"}'), ['alpm a 1-1'], []],
  ['of nobody known', program('{"type":"constructor","name":"a","version":"1"}'), ['generic a 1'], []],
  ['without sections', program('{"type":"deb","name":"a","version":"1"}', { withoutSections: true }), ['deb a 1'], []],
  ['without version', program('{"type":"deb","name":"a"}'), [], ['elf-package-note-record-unusable']],
  ['that is no JSON', program('{"type":'), [], ['elf-package-note-unreadable']],
  ['of another owner', program('{"name":"a","version":"1"}', { owner: 'GNU' }), [], []],
  ['of another type', program('{"name":"a","version":"1"}', { type: 1 }), [], []],
] as const) {
  test(`reads a note ${what}`, () => {
    const { packages, problems } = parseNote(inputFile('usr/bin/a', bytes));
    assert.deepEqual(
      packages.map((one) => `${one.type} ${one.name} ${one.version}`),
      expected,
    );
    assert.deepEqual(
      problems.map(({ code }) => code),
      codes,
    );
  });
}

test('lists the package of many programs once', () => {
  const fragments = ['usr/bin/a', 'usr/bin/b'].flatMap((path) => {
    const { fragment } = elfPackageNote.read(inputFile(path, program('{"type":"deb","name":"a","version":"1"}')));
    return fragment ? [{ path, fragment, layer: 0, older: [] }] : [];
  });
  assert.equal(fragments.length, 2);
  assert.deepEqual(
    elfPackageNote.assemble(fragments, {}).packages.map(({ path }) => path),
    ['usr/bin/a'],
  );
});
