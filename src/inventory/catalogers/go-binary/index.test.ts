import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { hasLinkedFunction, hasLinkedPackage, type LinkedSymbols } from '#model/index.ts';
import { elfOf, Writer } from '../../../../test/kit/executables.ts';
import { goProgram, type MadeGoProgram } from '../../../../test/kit/go-program.ts';
import { inputFile } from '../../../../test/kit/input-file.ts';
import { parseBuildInfo } from './build-info.ts';
import { functionOf } from './function-name.ts';
import { parseProgram } from './index.ts';

const MODULES = `path\texample.com/harbour/cmd/harbour
mod\texample.com/harbour\tv1.4.0\th1:MbZ0=
dep\tgolang.org/x/text\tv0.3.7\th1:olpw=
dep\tgopkg.in/yaml.v3\tv3.0.0
=>\tgithub.com/fork/yaml\tv3.0.1\th1:fxVm=
dep\texample.com/local\tv0.1.0
=>\t../local\t
`;

const FUNCTIONS = [
  'runtime.main',
  'net/http.(*Transport).RoundTrip',
  'net/http.Get.func1',
  'gopkg.in/yaml%2ev3.(*parser).parse',
  'golang.org/x/text/language.Parse',
  'example.com/harbour/internal/crane.Lift',
  'main.main',
];

function read(made: MadeGoProgram) {
  const { packages, problems } = parseProgram(inputFile('app/harbour', goProgram(made)));
  assert.deepEqual(problems, []);
  return packages;
}

const listed = (made: MadeGoProgram) => read(made).map(({ name, version }) => `${name} ${version}`);

const EXPECTED = [
  'example.com/harbour v1.4.0',
  'stdlib go1.22.3',
  'golang.org/x/text v0.3.7',
  'github.com/fork/yaml v3.0.1',
  'example.com/local ',
];

for (const format of ['elf', 'pe', 'mach-o'] as const) {
  for (const buildInfo of ['inline', 'pointers'] as const) {
    for (const isBigEndian of format === 'pe' ? [false] : [false, true]) {
      for (const wordBytes of [4, 8] as const) {
        test(`reads ${format} of ${wordBytes * 8} bit${isBigEndian ? ', big endian' : ''}, build information ${buildInfo}`, () => {
          assert.deepEqual(listed({ format, buildInfo, isBigEndian, wordBytes, text: MODULES }), EXPECTED);
        });
      }
    }
  }
}

for (const table of ['go1.2', 'go1.16', 'go1.18', 'go1.20'] as const) {
  for (const format of ['elf', 'pe', 'mach-o'] as const) {
    test(`knows what is linked by the function table of ${table} in ${format}`, () => {
      const packages = read({ format, table, text: MODULES, functions: FUNCTIONS });
      const symbolsOf = (name: string): LinkedSymbols => {
        const symbols = packages.find((one) => one.name === name)?.symbols;
        assert.ok(symbols, name);
        return symbols;
      };
      const standard = symbolsOf('stdlib');
      assert.equal(standard.packages, 'net/http\nruntime');
      for (const symbol of ['Transport.RoundTrip', 'Transport', 'Get'])
        assert.equal(hasLinkedFunction(standard, 'net/http', symbol), true, symbol);
      assert.equal(hasLinkedFunction(standard, 'net/http', 'Head'), false);
      assert.equal(hasLinkedFunction(symbolsOf('golang.org/x/text'), 'golang.org/x/text/language', 'Parse'), true);
      assert.equal(hasLinkedPackage(symbolsOf('golang.org/x/text'), 'golang.org/x/text/unicode/norm'), false);
      const own = symbolsOf('example.com/harbour');
      assert.equal(own.packages, 'example.com/harbour/cmd/harbour\nexample.com/harbour/internal/crane');
      // Under the name by which advisories know what was built.
      assert.equal(hasLinkedFunction(symbolsOf('github.com/fork/yaml'), 'github.com/fork/yaml', 'parser.parse'), true);
    });
  }
}

test('claims nothing of modules whose functions cannot be recognised', () => {
  const packages = read({ text: MODULES, functions: ['runtime.main', 'qX3f.bT9'] });
  assert.deepEqual(
    packages.filter(({ symbols }) => symbols).map(({ name }) => name),
    ['stdlib'],
  );
});

for (const [what, made, expected] of [
  [
    'a version given to the linker',
    { text: `path\tx.io/a\nmod\tx.io/a\t(devel)\t\nbuild\t-ldflags="-s -X main.version=2.5"\n` },
    ['x.io/a v2.5.0', 'stdlib go1.22.3'],
  ],
  [
    'versions that contradict each other',
    { text: `path\tx.io/a\nmod\tx.io/a\t(devel)\t\nbuild\t-ldflags="-X main.version=2.5 -X main.Version=3.0"\n` },
    ['x.io/a (devel)', 'stdlib go1.22.3'],
  ],
  [
    'a version of another package',
    { text: `path\tx.io/a\nmod\tx.io/a\t(devel)\t\nbuild\t-ldflags="-X 'other.io/b.version=2.5.0'"\n` },
    ['x.io/a (devel)', 'stdlib go1.22.3'],
  ],
  [
    'a version in a package of its own',
    { text: `path\tx.io/a\nmod\tx.io/a\t(devel)\t\nbuild\t-ldflags="-X=x.io/a/version.GitVersion=v1.2.3-rc1"\n` },
    ['x.io/a v1.2.3-rc1', 'stdlib go1.22.3'],
  ],
  [
    'a commit',
    {
      text: `mod\tx.io/a/v2\t(devel)\t\nbuild\tvcs.revision=0123456789abcdef0123456789abcdef01234567\nbuild\tvcs.time=2024-05-06T07:08:09Z\nbuild\tvcs.modified=true\n`,
    },
    ['x.io/a/v2 v2.0.0-20240506070809-0123456789ab+dirty', 'stdlib go1.22.3'],
  ],
  ['no modules', { text: '', functions: ['runtime.main'] }, ['harbour (devel)', 'stdlib go1.22.3']],
  [
    'experiments',
    { goVersion: 'go1.21.0 X:boringcrypto', text: 'path\tx.io/a\n' },
    ['x.io/a (devel)', 'stdlib go1.21.0'],
  ],
  ['a release candidate', { goVersion: 'go1.22rc1' }, ['harbour (devel)', 'stdlib go1.22rc1']],
  [
    'a development version of Go',
    { goVersion: 'devel go1.23-1a2b3c Tue Jan 2 10:00:00 2024 +0000' },
    ['harbour (devel)', 'stdlib devel go1.23-1a2b3c'],
  ],
  ["Go's own commands", { text: 'path\tcmd/go\nbuild\t-compiler=gc\n' }, ['toolchain go1.22.3', 'stdlib go1.22.3']],
] as const) {
  test(`names the main module by ${what}`, () => assert.deepEqual(listed(made), expected));
}

test('lists the standard library where everything else was removed', () => {
  const whole = goProgram({ functions: ['runtime.main'] });
  whole.write('no longer there', whole.indexOf(' Go buildinf:') - 1, 'latin1');
  assert.deepEqual(
    parseProgram(inputFile('usr/bin/x', whole)).packages.map(({ name, version }) => [name, version]),
    [['stdlib', '']],
  );
});

test('finds nothing in programs that are not made by Go', () => {
  const elf = elfOf([{ name: '.rodata', content: Buffer.from('\xff Go buildinf: only mentioned', 'latin1') }]);
  assert.deepEqual(parseProgram(inputFile('usr/bin/x', elf)), { packages: [], problems: [] });
});

test('reads the sample as the go command does', () => {
  const sample = readFileSync(new URL('testdata/harbour-linux', import.meta.url));
  const { packages } = parseProgram(inputFile('app/harbour', sample));
  assert.deepEqual(
    packages.map(({ name, version, relation }) => `${relation ?? ''} ${name} ${version}`.trim()),
    ['root example.com/harbour/v2 v2.5.1', 'stdlib go1.26.8', 'golang.org/x/text v0.3.7', 'gopkg.in/yaml.v3 v3.0.1'],
  );
});

test('reads the version from the variable where no flags were kept', () => {
  const [data, text] = [0x40000, 0x41000];
  const strings = Buffer.from('\0main.version\0');
  const program = elfOf([
    { name: '.go.buildinfo', content: sectionOf(goProgram({ text: 'path\tx.io/a\nmod\tx.io/a\t(devel)\t\n' })) },
    { name: '.data', content: new Writer().u64(text, 5).result(), address: data },
    { name: '.rodata', content: Buffer.from('2.5.1 and more'), address: text },
    { name: '.strtab', content: strings, type: 3 },
    { name: '.symtab', content: new Writer().u32(1, 0).u64(data, 16).result(), type: 2, link: '.strtab' },
  ]);
  assert.equal(parseProgram(inputFile('usr/bin/a', program)).packages[0]?.version, 'v2.5.1');
});

/** The build information of a made program. */
function sectionOf(program: Buffer): Buffer {
  const start = program.indexOf(' Go buildinf:') - 1;
  return program.subarray(start, program.indexOf('\0.go.buildinfo'));
}

for (const [name, path, symbols] of [
  ['net/http.(*Transport).dialConn.func1', 'net/http', ['Transport', 'Transport.dialConn']],
  ['net/http.HandlerFunc.ServeHTTP', 'net/http', ['HandlerFunc', 'HandlerFunc.ServeHTTP']],
  ['net/http.(*Client).Do-fm', 'net/http', ['Client', 'Client.Do']],
  ['net/http.Get.func1.2', 'net/http', ['Get']],
  ['main.(*list[go.shape.struct { a/b.C }]).push', 'main', ['list', 'list.push']],
  ['slices.SortFunc[go.shape.[]int,go.shape.int]', 'slices', ['SortFunc']],
  ['gopkg.in/yaml%2ev3.init.0', 'gopkg.in/yaml.v3', ['init', 'init#1']],
  ['go.uber.org/zap.New', 'go.uber.org/zap', ['New']],
  ['iter.Pull[go.shape.int]-range1', 'iter', ['Pull']],
] as const) {
  test(`takes ${name} apart`, () => assert.deepEqual(functionOf(name), { package: path, symbols }));
}

for (const name of [
  'type:.eq.net/http.Cookie',
  'go:buildid',
  'go.buildid',
  'type..hash.x',
  '_cgo_init',
  '',
  '.',
  'a/b',
]) {
  test(`knows that ${name || 'the empty name'} is no function of a package`, () => {
    assert.equal(functionOf(name), undefined);
  });
}

test('reads quoted settings', () => {
  const { settings } = parseBuildInfo(
    'go1.22',
    'build\t-ldflags="-X \\"main.a=b\\""\nbuild\t"odd=key"=`x y`\nbuild\t=z\n',
  );
  assert.deepEqual(
    [...settings],
    [
      ['-ldflags', '-X "main.a=b"'],
      ['odd=key', 'x y'],
    ],
  );
});
