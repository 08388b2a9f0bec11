import { linesOf } from '#foundation/documents/index.ts';
import type { Assembly, Cataloger, InputFile, Reading, VisibleFragment } from '../../cataloger.ts';
import { attribution, recordKey } from '../attribution.ts';
import { directoryOf } from '../manifest.ts';
import type { RecordsFragment } from '../records.ts';
import { apart, directoriesAbove, type Remark } from '../requests.ts';
import { expanded, type GradleRequest, isExact, parseBuild, toRecord } from './parse.ts';

type BuildFragment = RecordsFragment & {
  readonly open?: readonly (GradleRequest & { readonly [key: string]: string })[];
  /** Of a `gradle.properties`. */
  readonly properties?: readonly (readonly [name: string, value: string])[];
  readonly isLock?: true;
  readonly remarks?: readonly Remark[];
};

const maxBytes = 4 * 1024 * 1024;

/** What builds of Gradle ask for, where no lock file tells what they got. */
export const gradleBuild: Cataloger<BuildFragment> = {
  id: 'gradle-build',
  title: 'Java libraries and plugins named in build.gradle and build.gradle.kts',
  references: ['https://docs.gradle.org/current/userguide/declaring_dependencies_basics.html'],
  maturity: 'stable',
  type: 'maven',
  evidence: 'declared',
  revision: 1,
  files: [
    { kind: 'suffix', suffix: '.gradle', maxBytes },
    { kind: 'suffix', suffix: '.gradle.kts', maxBytes },
    { kind: 'name', name: 'gradle.properties', maxBytes },
    { kind: 'suffix', suffix: '.lockfile', maxBytes: 16 * 1024 * 1024 },
  ],
  read,
  assemble,
};

function read(file: InputFile): Reading<BuildFragment> {
  if (file.size === 0) return { problems: [] };
  if (file.path.endsWith('.lockfile'))
    return isLock(file.path) ? { fragment: { packages: [], isLock: true }, problems: [] } : { problems: [] };
  if (file.path.endsWith('.properties')) {
    const properties = propertiesIn(file.text());
    return properties.length === 0 ? { problems: [] } : { fragment: { packages: [], properties }, problems: [] };
  }
  const { packages, problems: all, open } = parseBuild(file);
  const { problems, remarks } = apart(all);
  if (packages.length + open.length + remarks.length === 0) return { problems };
  const more = {
    ...(open.length > 0 && { open: open.map((one) => ({ ...one })) }),
    ...(remarks.length > 0 && { remarks }),
  };
  return { fragment: { packages, ...more }, problems };
}

const MAX_PROPERTIES = 5_000;

function propertiesIn(text: string): (readonly [name: string, value: string])[] {
  const found: (readonly [string, string])[] = [];
  for (const line of linesOf(text)) {
    const [, name, value] = /^\s*([\w.-]{1,100})\s*[=:]\s*(\S.{0,100}?)\s*$/.exec(line.slice(0, 400)) ?? [];
    if (name !== undefined && value !== undefined && found.length < MAX_PROPERTIES) found.push([name, value]);
  }
  return found;
}

function assemble(fragments: readonly VisibleFragment<BuildFragment>[]): Assembly {
  const locked = new Set(fragments.flatMap(({ path, fragment }) => (fragment.isLock ? lockedBy(path) : [])));
  const properties = new Map(
    fragments.flatMap(({ path, fragment }) =>
      fragment.properties ? [[directoryOf(path), new Map(fragment.properties)] as const] : [],
    ),
  );
  const layerOf = attribution<BuildFragment>(({ packages }) => packages.map(recordKey));
  const counted = fragments.filter(({ path }) => !locked.has(directoryOf(path)));
  const packages = counted.flatMap((visible) =>
    [...visible.fragment.packages, ...completed(visible, properties)].map((record) => ({
      package: { type: 'maven' as const, licences: [], ...record },
      path: visible.path,
      layer: layerOf(visible, recordKey(record)),
    })),
  );
  return { packages, problems: counted.flatMap(({ fragment: { remarks = [] } }) => remarks) };
}

/** What the build's own scripts need is locked apart, in `buildscript-gradle.lockfile`. Other tools have lock files of the suffix too. */
function isLock(path: string): boolean {
  return /(?:^|\/)(?:gradle\.lockfile|gradle\/dependency-locks\/[^/]+)$/.test(path);
}

/** The locks of each configuration before Gradle 6.8 lie in `gradle/dependency-locks`. */
function lockedBy(path: string): string[] {
  const directory = directoryOf(path);
  return [
    directory.endsWith('gradle/dependency-locks/') ? directory.slice(0, -'gradle/dependency-locks/'.length) : directory,
  ];
}

/** With the properties of the files above; where none tells, without a version. */
function completed(
  { path, fragment }: VisibleFragment<BuildFragment>,
  properties: ReadonlyMap<string, ReadonlyMap<string, string>>,
) {
  if (fragment.open === undefined) return [];
  const above = directoriesAbove(path).flatMap((directory) => properties.get(directory) ?? []);
  const known = new Map(above.reverse().flatMap((each) => [...each]));
  return fragment.open.map((request) => {
    const version = expanded(request.written, known);
    return toRecord(request, version !== undefined && isExact(version) ? version : '');
  });
}
