import { linesOf } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { type PackageRecord, type ParsedRecords, RecordCollector } from '../records.ts';

const MAX_MEMBERS = 200;
/** The list of modules is the longest by far. */
const MAX_LINE = 16 * 1024;

/** `JAVA_VERSION="17.0.9"` and the like, one a line. Other files of the name have nothing to do with Java. */
export function parseRelease(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'jvm-release', 'Java release file');
  const members = new Map<string, string>();
  for (const line of linesOf(file.text())) {
    const [name, value] = line.length > MAX_LINE ? [] : memberIn(line);
    if (name !== undefined && value !== undefined && members.size < MAX_MEMBERS) members.set(name, value);
  }
  const version = members.get('JAVA_VERSION');
  if (version !== undefined) collector.add(recordOf(version, members));
  return collector.result();
}

function memberIn(line: string): [name?: string, value?: string] {
  const equals = line.indexOf('=');
  const name = line.slice(0, Math.max(0, equals));
  if (!/^[A-Z_]{2,60}$/.test(name)) return [];
  return [
    name,
    line
      .slice(equals + 1)
      .replaceAll('"', '')
      .trim(),
  ];
}

function recordOf(javaVersion: string, members: ReadonlyMap<string, string>): PackageRecord {
  const { name, cpe, title } = makerOf(members);
  const version = javaRelease(javaVersion);
  return {
    name,
    version,
    vendor: members.get('IMPLEMENTOR') || title,
    cpes: [`cpe:2.3:a:${cpe}:${cpeVersion(javaVersion)}:*:*:*:*:*:*`],
    advisoryNames: [{ ecosystem: 'Bitnami', name: 'java' }],
  };
}

/**
 * Up to version 8 releases were written `1.8.0_392`; advisories number them as later ones, `8.0.392`. Builds (`21.0.2+13-LTS`) do
 * not count.
 */
export function javaRelease(version: string): string {
  const [, major, minor, update = '0'] = /^1\.(\d{1,2})\.(\d{1,2})(?:_(\d{1,4}))?/.exec(version) ?? [];
  if (major !== undefined && minor !== undefined) return `${major}.${minor}.${Number(update)}`;
  return /^\d{1,3}(?:\.\d{1,4}){0,4}/.exec(version)?.[0] ?? version;
}

/** The dictionary of CPE has the update of old versions as a field of its own. */
function cpeVersion(version: string): string {
  const [, release, update] = /^(1\.\d{1,2}\.\d{1,2})(?:_(\d{1,4}))?/.exec(version) ?? [];
  if (release === undefined) return `${version.replace(/[^\w.-]/g, '')}:*`;
  return `${release}:${update === undefined ? '*' : `update${Number(update)}`}`;
}

interface Maker {
  readonly name: string;
  /** Vendor and product. */
  readonly cpe: string;
  readonly title: string;
}

const OPENJDK: Maker = { name: 'openjdk', cpe: 'oracle:openjdk', title: 'OpenJDK' };
const ORACLE: Maker = { name: 'oracle-jdk', cpe: 'oracle:jdk', title: 'Oracle' };
const GRAALVM: Maker = { name: 'graalvm', cpe: 'oracle:graalvm_for_jdk', title: 'GraalVM' };

/** In the order in which they are tried on what the file says of its maker. */
const MAKERS: readonly (readonly [says: RegExp, maker: Maker])[] = [
  [/graalvm/i, GRAALVM],
  [/azul|zulu/i, { name: 'zulu', cpe: 'azul:zulu', title: 'Azul' }],
  [/amazon|corretto/i, { name: 'corretto', cpe: 'amazon:corretto', title: 'Amazon' }],
  [/adoptium|adoptopenjdk|temurin/i, { name: 'temurin', cpe: 'eclipse:temurin', title: 'Eclipse Adoptium' }],
  [/bellsoft|liberica/i, { name: 'liberica', cpe: 'bellsoft:libericajdk', title: 'BellSoft' }],
  [/microsoft/i, { name: 'microsoft-openjdk', cpe: 'microsoft:openjdk', title: 'Microsoft' }],
  [/sap/i, { name: 'sapmachine', cpe: 'sap:sapmachine', title: 'SAP' }],
  [/ibm|semeru/i, { name: 'semeru', cpe: 'ibm:semeru_runtime', title: 'IBM' }],
  [/alibaba|dragonwell/i, { name: 'dragonwell', cpe: 'alibaba:dragonwell', title: 'Alibaba' }],
];

function makerOf(members: ReadonlyMap<string, string>): Maker {
  if (members.has('GRAALVM_VERSION')) return GRAALVM;
  if (isOraclesOwn(members)) return ORACLE;
  const texts = ['IMPLEMENTOR', 'IMPLEMENTOR_VERSION', 'JVM_VARIANT'].map((name) => members.get(name) ?? '');
  return MAKERS.find(([says]) => texts.some((text) => says.test(text)))?.[1] ?? OPENJDK;
}

/** Oracle signs its builds of OpenJDK with the same name as the product that it licenses. */
function isOraclesOwn(members: ReadonlyMap<string, string>): boolean {
  return members.get('BUILD_TYPE') === 'commercial' || /-LTS-\d{1,4}$/.test(members.get('JAVA_RUNTIME_VERSION') ?? '');
}
