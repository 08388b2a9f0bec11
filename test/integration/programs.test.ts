import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { type Cataloger, catalogers } from '#inventory/index.ts';
import { hasLinkedFunction, type LinkedSymbols, type Package } from '#model/index.ts';
import { missingPrograms } from '../kit/docker-registry.ts';
import { inputFile } from '../kit/input-file.ts';

const directory = mkdtempSync(join(tmpdir(), 'plimsoll-programs-'));
after(() => rmSync(directory, { recursive: true }));

function packagesIn(cataloger: string, path: string): readonly Package[] {
  const unit: Cataloger | undefined = catalogers.find(({ id }) => id === cataloger);
  assert.ok(unit);
  const { fragment, problems } = unit.read(inputFile('usr/local/bin/harbour', readFileSync(path)));
  assert.deepEqual(problems, []);
  if (fragment === undefined) return [];
  const visible = [{ path: 'usr/local/bin/harbour', fragment, layer: 0, older: [] }];
  return unit.assemble(visible, {}).packages.map((found) => found.package);
}

const PROGRAM = `package main

import (
	"fmt"
	"net/url"
	"os"
	"sort"
)

var version = "unknown"

type dock[T any] struct{ ships []T }

//go:noinline
func (d *dock[T]) moor(ship T) { d.ships = append(d.ships, ship) }

func main() {
	d := &dock[string]{}
	for _, name := range os.Args { d.moor(name) }
	sort.Strings(d.ships)
	parsed, err := url.Parse(d.ships[0])
	fmt.Println(version, parsed, err)
}
`;

describe('programs that go builds', { skip: missingPrograms('go') }, () => {
  const sources = join(directory, 'go');
  mkdirSync(sources);
  writeFileSync(join(sources, 'go.mod'), 'module example.com/harbour/v2\n\ngo 1.18\n');
  writeFileSync(join(sources, 'main.go'), PROGRAM);
  const environment = {
    ...process.env,
    GOFLAGS: '-buildvcs=false',
    GOPROXY: 'off',
    GOTOOLCHAIN: 'local',
    GOWORK: 'off',
  };
  const go = (...words: string[]) => execFileSync('go', words, { cwd: sources, env: environment, encoding: 'utf8' });
  const goVersion = go('env', 'GOVERSION').trim();

  // Other systems than this one would have the whole standard library compiled first; the unit tests have their formats.
  for (const [what, words] of [
    ['as it comes', []],
    ['stripped', ['-ldflags=-s -w']],
    ['to lie anywhere in memory', ['-buildmode=pie']],
  ] as const) {
    test(`${what}: modules and what is linked`, () => {
      const packages = packagesIn('go-binary', build(words));
      assert.deepEqual(
        packages.map(({ name, version }) => `${name} ${version}`),
        ['example.com/harbour/v2 (devel)', `stdlib ${goVersion}`],
      );
      const [main, standard] = packages;
      assert.ok(main?.symbols && standard?.symbols);
      assert.equal(hasLinkedFunction(main.symbols, 'example.com/harbour/v2', 'dock.moor'), true);
      assert.equal(hasLinkedFunction(standard.symbols, 'net/url', 'Parse'), true);
      assert.equal(hasLinkedFunction(standard.symbols, 'net/url', 'QueryEscape'), false);
      assert.equal(hasLinkedFunction(standard.symbols, 'net/http', 'Get'), false);
    });
  }

  test('every function that its own tool lists is known', () => {
    const output = build([]);
    const symbols = packagesIn('go-binary', output).find(({ name }) => name === 'stdlib')?.symbols;
    assert.ok(symbols);
    const listed = go('tool', 'nm', output)
      .split('\n')
      .flatMap((line) => / T ([a-z]+(?:\/[a-z]+)*)\.([A-Z]\w+)$/.exec(line) ?? []);
    assert.ok(listed.length > 100, `${listed.length}`);
    for (let at = 0; at < listed.length; at += 3) checkLinked(symbols, listed[at + 1], listed[at + 2]);
  });

  test('the version that the linker was given', () => {
    assert.equal(packagesIn('go-binary', build(['-ldflags=-X main.version=2.5.1']))[0]?.version, 'v2.5.1');
  });

  function build(words: readonly string[]): string {
    const output = join(directory, 'harbour');
    execFileSync('go', ['build', ...words, '-o', output, '.'], { cwd: sources, env: environment });
    return output;
  }
});

function checkLinked(symbols: LinkedSymbols, path: string | undefined, name: string | undefined): void {
  assert.ok(path !== undefined && name !== undefined);
  if (path !== 'main') assert.equal(hasLinkedFunction(symbols, path, name), true, `${path}.${name}`);
}

describe('programs that a C compiler builds', { skip: missingPrograms('gcc') }, () => {
  test('the note of the distribution', (context) => {
    const source = join(directory, 'hello.c');
    const output = join(directory, 'hello');
    writeFileSync(source, 'int main(void) { return 0; }\n');
    const note = '{"type":"deb","name":"hello","version":"2.10-3","architecture":"amd64"}';
    try {
      execFileSync('gcc', [source, '-o', output, '-Xlinker', `--package-metadata=${note}`], { stdio: 'pipe' });
    } catch {
      context.skip('this linker writes no notes of packages');
      return;
    }
    assert.deepEqual(
      packagesIn('elf-package-note', output).map(({ type, name, version }) => `${type} ${name} ${version}`),
      ['deb hello 2.10-3'],
    );
    for (const cataloger of ['go-binary', 'rust-binary']) assert.deepEqual(packagesIn(cataloger, output), []);
  });
});

describe('programs that cargo builds', { skip: missingPrograms('cargo', 'cargo-auditable') }, () => {
  test('the crates of it', () => {
    const crate = join(directory, 'mooring');
    mkdirSync(join(crate, 'src'), { recursive: true });
    writeFileSync(join(crate, 'Cargo.toml'), '[package]\nname = "mooring"\nversion = "0.3.1"\nedition = "2021"\n');
    writeFileSync(join(crate, 'src', 'main.rs'), 'fn main() { println!("moored"); }\n');
    execFileSync('cargo', ['auditable', 'build', '--offline', '--release'], { cwd: crate, stdio: 'pipe' });
    assert.deepEqual(
      packagesIn('rust-binary', join(crate, 'target', 'release', 'mooring')).map(
        ({ name, version, relation }) => `${relation} ${name} ${version}`,
      ),
      ['root mooring 0.3.1'],
    );
  });
});
