import type { InputFile } from '../../cataloger.ts';
import { literalsIn, withoutComments } from '../program-text.ts';
import { type PackageRecord, type ParsedRecords, RecordCollector } from '../records.ts';

/** A dependency as it is written; its version may name properties (`$springVersion`), to be found here or in `gradle.properties`. */
export interface GradleRequest {
  readonly name: string;
  readonly written: string;
  readonly scope: 'runtime' | 'development';
}

export interface GradleBuild extends ParsedRecords {
  /** Requests whose version names properties that this file does not give. */
  readonly open: readonly GradleRequest[];
}

/** `implementation "g:a:v"`, `implementation("g:a:v")`; the text may name properties. */
const SHORT =
  /\b([a-z]\w{2,80})[ \t]{0,10}\(?[ \t]{0,10}["']([\w.-]{1,200}):([\w.-]{1,200})(?::([^"'\n:@]{0,200}))?[^"'\n]{0,100}["']/g;
/** `implementation group: "g", name: "a", version: "v"`, of Groovy; `implementation(group = "g", ...)` of Kotlin. */
const LONG =
  /\b([a-z]\w{2,80})[ \t]{0,10}\(?[ \t]{0,10}group[ \t]{0,5}[:=][ \t]{0,5}["']([\w.-]{1,200})["'],\s{0,20}name[ \t]{0,5}[:=][ \t]{0,5}["']([\w.-]{1,200})["'](?:,\s{0,20}version[ \t]{0,5}[:=][ \t]{0,5}["']?([\w.$+{}-]{1,200})["']?)?/g;
/** `id "org.springframework.boot" version "3.1.0"`, `id("...") version "..."`. */
const PLUGIN =
  /\bid[ \t]{0,5}\(?[ \t]{0,5}["']([\w.-]{1,200})["']\)?[ \t]{1,10}version[ \t]{0,5}["']([^"'\n]{1,100})["']/g;

/** Words before a text with two colons that ask for no library: lists of versions, what is left out, the project's own. */
const NO_REQUESTS = new Set([
  'platform',
  'enforcedPlatform',
  'mavenBom',
  'exclude',
  'project',
  'id',
  'version',
  'because',
]);

/**
 * The libraries and plugins that a build of Gradle names in so many words. It is a program and is read as text, never run:
 * what it computes, or takes from a version catalog (`libs.guava`), is not seen here; catalogs are read for themselves.
 */
export function parseBuild(file: InputFile): GradleBuild {
  const collector = new RecordCollector(file, 'gradle-build', 'Gradle build file');
  const text = withoutComments(file.text());
  const values = literalsIn(text, ASSIGNMENT);
  const open: GradleRequest[] = [];
  for (const request of requestsIn(text)) {
    const version = expanded(request.written, values);
    if (version === undefined && open.length < MAX_OPEN) open.push(request);
    else if (version !== undefined) add(request, version, collector);
  }
  for (const [, id = '', written = ''] of text.matchAll(PLUGIN)) {
    const version = expanded(written, values);
    const record = { name: `${id}:${id}.gradle.plugin`, scope: 'development', relation: 'direct' } as const;
    if (version !== undefined && isExact(version)) collector.add({ ...record, version });
    else collector.unpinned(record);
  }
  if (/\bdependencies\s{0,5}\{/.test(text)) collector.problem('read-as-text', AS_TEXT, 'degraded');
  return { ...collector.result(), open };
}

const MAX_OPEN = 10_000;
/** `def v = "1"`, `val v = "1"`, `ext.v = "1"`, `v = "1"` inside `ext { }`, `extra["v"] = "1"`, `set("v", "1")`. */
const ASSIGNMENT = /(?:\b|\[["'])(\w{1,100})(?:["']\])?[ \t]{0,5}[=,][ \t]{0,5}["']([^"'\n$]{1,100})["']/g;

const AS_TEXT =
  'A build file of Gradle is a program and was read as text: libraries that it computes are not seen. Lock what it resolves with ' +
  '`gradle dependencies --write-locks`.';

function* requestsIn(text: string): Generator<GradleRequest> {
  for (const pattern of [SHORT, LONG]) {
    for (const [, configuration = '', group = '', artifact = '', written = ''] of text.matchAll(pattern)) {
      if (NO_REQUESTS.has(configuration)) continue;
      yield { name: `${group}:${artifact}`, written: written.trim(), scope: scopeOf(configuration) };
    }
  }
}

function scopeOf(configuration: string): 'runtime' | 'development' {
  return /test|compileOnly|annotationProcessor|^k(?:apt|sp)|classpath|lint|detekt|checkstyle|benchmark/i.test(
    configuration,
  )
    ? 'development'
    : 'runtime';
}

function add({ name, scope }: GradleRequest, version: string, collector: RecordCollector): void {
  const record = { name, relation: 'direct', ...(scope === 'development' && { scope }) } as const;
  if (isExact(version)) collector.add({ ...record, version });
  else collector.unpinned(record);
}

export function isExact(version: string): boolean {
  return version !== '' && !/[[\](),+$]|^latest\./.test(version);
}

const MAX_TEXT = 500;

/** `$v`, `${v}`, `${property("v")}`, `${libs.versions.v}`; undefined when one is not known. A bare word is a name too, in the long form. */
export function expanded(written: string, values: ReadonlyMap<string, string>): string | undefined {
  const bare = /^[a-z]\w*$/i.test(written) ? `$${written}` : written;
  let isKnown = true;
  const text = bare.replace(
    /\$\{([^{}]{1,200})\}|\$(\w{1,100})/g,
    (_, inner: string | undefined, plain: string | undefined) => {
      const name = plain ?? /(\w{1,100})["')\]]{0,3}$/.exec(inner ?? '')?.[1] ?? '';
      const value = values.get(name);
      if (value === undefined) isKnown = false;
      return value ?? '';
    },
  );
  return isKnown ? text.slice(0, MAX_TEXT) : undefined;
}

export function toRecord({ name, scope }: GradleRequest, version: string): PackageRecord {
  return { name, version, relation: 'direct', ...(scope === 'development' && { scope }) };
}
