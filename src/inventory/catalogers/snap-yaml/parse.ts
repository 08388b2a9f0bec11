import { asText, memberOf, parseYaml, textsOf } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { optional } from '../../optional.ts';
import { fileName } from '../places.ts';
import { type ParsedRecords, RecordCollector } from '../records.ts';

/** `meta/snap.yaml` of a snap. The other files tell of Debian packages in it. */
export function parseSnap(file: InputFile): ParsedRecords {
  const records = new RecordCollector(file, 'snap-yaml', 'snap');
  const document = parseYaml(file);
  const [root] = document.ok ? document.value.documents : [];
  if (!document.ok) records.unreadable(document.error);
  else if (fileName(file.path) === 'snap.yaml') addSnap(root, records);
  else noteStaged(root, records);
  return records.result();
}

function addSnap(root: unknown, records: RecordCollector): void {
  const text = (name: string): string | undefined => asText(memberOf(root, name));
  const architectures = textsOf(memberOf(root, 'architectures'));
  const licence = text('license');
  records.add({
    name: text('name') ?? '',
    version: text('version') ?? '',
    ...optional('architecture', architectures.length === 1 ? architectures[0] : undefined),
    ...(licence ? { licences: [licence] } : {}),
  });
}

/**
 * Debian packages that went into a snap are those of its base's release, not of the system that the snap lies on. To judge them
 * by that system's advisories would be wrong in both directions.
 */
function noteStaged(root: unknown, records: RecordCollector): void {
  const parts = memberOf(root, 'parts');
  const listed = [...textsOf(memberOf(root, 'packages')), ...textsOf(memberOf(root, 'primed-stage-packages'))];
  const staged = Object.values(isObject(parts) ? parts : {}).flatMap((part) =>
    textsOf(memberOf(part, 'stage-packages')),
  );
  const names = [...listed, ...staged].filter((name) => name !== '');
  if (names.length === 0) return;
  const message =
    'A snap brings Debian packages of its own base, which are not assessed: the advisories of the system that it lies on do not ' +
    'speak of them. Keep snaps refreshed.';
  records.problem('packages-inside', message, 'incomplete', names[0]);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
