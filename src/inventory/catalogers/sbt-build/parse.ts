import type { InputFile } from '../../cataloger.ts';
import { literalsIn, withoutComments } from '../program-text.ts';
import { type ParsedRecords, RecordCollector } from '../records.ts';

const TEXT = String.raw`("[^"\n]{1,200}"|[\w.]{1,100})`;
/** `"org.typelevel" %% "cats-core" % "2.10.0" % Test`; the version may be the name of a value. */
const MODULE = new RegExp(
  String.raw`"([\w.-]{1,200})"\s{0,20}(%{1,3})\s{0,20}"([\w.-]{1,200})"\s{0,20}%\s{0,20}${TEXT}(?:\s{0,20}%\s{0,20}("[^"\n]{1,100}"|[\w.]{1,100}))?`,
  'g',
);

/**
 * The modules that a build of sbt names in so many words. It is a Scala program and is read as text, never run: what it
 * computes is not seen. `%%` adds the Scala version to the name, which the same file must say.
 */
export function parseBuild(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'sbt-build', 'sbt build file');
  const text = withoutComments(file.text());
  const values = literalsIn(text, /\bval\s+(\w{1,100})(?:\s{0,5}:\s{0,5}String)?\s{0,5}=\s{0,5}"([^"\n$]{1,200})"/g);
  const scala = binaryVersion(/\bscalaVersion\s{0,5}:=\s{0,5}"(\d[\w.-]{0,50})"/.exec(text)?.[1]);
  const isPluginBuild = /(?:^|\/)project\/[^/]+\.sbt$/.test(file.path);
  let isAny = false;
  for (const [, group = '', percents = '', artifact = '', written = '', configuration = ''] of text.matchAll(MODULE)) {
    isAny = true;
    const name = `${group}:${artifact}${percents.length > 1 && scala !== undefined ? `_${scala}` : ''}`;
    const version = written.startsWith('"')
      ? written.slice(1, -1)
      : values.get(written.slice(written.lastIndexOf('.') + 1));
    const isForBuilding = isPluginBuild || /test|provided|\bit\b/i.test(configuration);
    const record = { name, relation: 'direct', ...(isForBuilding && { scope: 'development' as const }) } as const;
    if (version === undefined || /[+[\](),]|^latest\./.test(version)) collector.unpinned(record);
    else collector.add({ ...record, version });
  }
  if (isAny || /\blibraryDependencies\b/.test(text)) collector.problem('read-as-text', AS_TEXT, 'degraded');
  return collector.result();
}

const AS_TEXT =
  'A build file of sbt is a program and was read as text: modules that it computes are not seen. Lock what it resolves with the plugin sbt-dependency-lock.';

/** Libraries are built for each `2.x`, and for 3 as a whole. */
function binaryVersion(version: string | undefined): string | undefined {
  const [major, minor] = version?.split('.') ?? [];
  return major === '2' && minor !== undefined ? `2.${minor}` : major;
}
