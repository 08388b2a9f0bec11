import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inputFile } from '../../../../test/kit/input-file.ts';
import { parseRelease } from './parse.ts';

test('reads the sample', () => {
  const sample = readFileSync(new URL('testdata/release', import.meta.url));
  assert.deepEqual(parseRelease(inputFile('opt/java/openjdk/release', sample)), {
    packages: [
      {
        name: 'temurin',
        version: '25.0.3',
        vendor: 'Eclipse Adoptium',
        cpes: ['cpe:2.3:a:eclipse:temurin:25.0.3:*:*:*:*:*:*:*'],
        advisoryNames: [{ ecosystem: 'Bitnami', name: 'java' }],
      },
    ],
    problems: [],
  });
});

const OLD_ORACLE = 'JAVA_VERSION="1.8.0_411"\nJAVA_RUNTIME_VERSION="1.8.0_411-b25"\nBUILD_TYPE="commercial"';
const NEW_ORACLE = 'IMPLEMENTOR="Oracle Corporation"\nJAVA_RUNTIME_VERSION="17.0.9+11-LTS-201"\nJAVA_VERSION="17.0.9"';

for (const [what, text, expected] of [
  ['Oracle, up to version 8', OLD_ORACLE, 'oracle-jdk 8.0.411 cpe:2.3:a:oracle:jdk:1.8.0:update411'],
  ['Oracle', NEW_ORACLE, 'oracle-jdk 17.0.9 cpe:2.3:a:oracle:jdk:17.0.9:*'],
  [
    'OpenJDK by Oracle',
    'IMPLEMENTOR="Oracle Corporation"\nJAVA_VERSION="21"',
    'openjdk 21 cpe:2.3:a:oracle:openjdk:21:*',
  ],
  ['Debian', 'IMPLEMENTOR="Debian"\nJAVA_VERSION="17.0.15"', 'openjdk 17.0.15 cpe:2.3:a:oracle:openjdk:17.0.15:*'],
  ['Azul', 'IMPLEMENTOR="Azul Systems, Inc."\nJAVA_VERSION="21.0.1"', 'zulu 21.0.1 cpe:2.3:a:azul:zulu:21.0.1:*'],
  [
    'Amazon',
    'IMPLEMENTOR="Amazon.com Inc."\nJAVA_VERSION="1.8.0_392"',
    'corretto 8.0.392 cpe:2.3:a:amazon:corretto:1.8.0:update392',
  ],
  [
    'GraalVM',
    'GRAALVM_VERSION="22.1.0"\nIMPLEMENTOR="Oracle Corporation"\nJAVA_VERSION="17.0.3"',
    'graalvm 17.0.3 cpe:2.3:a:oracle:graalvm_for_jdk:17.0.3:*',
  ],
  [
    'a machine of Azure',
    'JAVA_VERSION="17"\nBUILD_INFO="OS: Linux Version: 6.8.0-azure on Oracle Linux"',
    'openjdk 17 cpe:2.3:a:oracle:openjdk:17:*',
  ],
] as const) {
  test(`knows the maker of ${what}`, () => {
    const { packages } = parseRelease(inputFile('opt/java/release', text));
    assert.deepEqual(
      packages.map(({ name, version, cpes }) => `${name} ${version} ${cpes?.[0]?.replace(/(?::\*){6}$/, '')}`),
      [expected],
    );
  });
}

test('finds nothing in other files of the name', () => {
  for (const text of ['', 'DISTRIB_ID=Ubuntu\n', '{"a": 1}', 'Origin: Debian\nSuite: stable\n'])
    assert.deepEqual(parseRelease(inputFile('etc/release', text)), { packages: [], problems: [] });
});
