import { asList, asText, entriesOf, memberOf, parseYaml, textsOf } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { type ParsedRecords, RecordCollector, recordCataloger, reference } from '../records.ts';

/** What CocoaPods resolved for an Xcode project. */
export const podfileLock = recordCataloger({
  id: 'podfile-lock',
  title: 'CocoaPods libraries in Podfile.lock',
  references: ['https://guides.cocoapods.org/using/using-cocoapods.html#what-is-podfilelock'],
  maturity: 'stable',
  type: 'cocoapods',
  evidence: 'declared',
  revision: 1,
  files: [{ kind: 'name', name: 'Podfile.lock', maxBytes: 16 * 1024 * 1024 }],
  parse,
});

interface Pod {
  readonly name: string;
  readonly version: string;
  readonly needs: readonly string[];
}

/** `PODS` has `Name (version)`, as a text or with its needs below; `DEPENDENCIES` what the project asks for. */
function parse(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'podfile-lock', 'CocoaPods lock file');
  const document = parseYaml(file);
  const value = document.ok ? document.value.documents[0] : undefined;
  const list = asList(memberOf(value, 'PODS'));
  if (list === undefined) collector.unreadable(document.ok ? 'has no pods' : document.error);
  const pods = (list ?? []).flatMap((item) => podOf(item, collector));
  const byName = new Map(pods.map((pod) => [pod.name, pod]));
  const asked = textsOf(memberOf(value, 'DEPENDENCIES') ?? []).map(nameIn);
  const direct = new Set(asked);
  for (const { name, version, needs } of pods) {
    const dependencies = needs.flatMap((need) => byName.get(need) ?? []).map(reference);
    const relation = direct.has(name) ? 'direct' : 'transitive';
    collector.add({ name, version, dependencies, ...(asked.length > 0 && { relation }) });
  }
  return collector.result();
}

function podOf(item: unknown, collector: RecordCollector): Pod[] {
  const [text = asText(item) ?? '', needs = undefined] = entriesOf(item)[0] ?? [];
  const [, name, version] = /^(\S+) \(([^()\s]+)\)$/.exec(text) ?? [];
  if (name === undefined || version === undefined) {
    collector.unusable(text);
    return [];
  }
  return [{ name, version, needs: textsOf(needs ?? []).map(nameIn) }];
}

/** `AppCenter/Core (= 4.2.0)` without what is asked of it. */
function nameIn(text: string): string {
  return text.split(' ', 1)[0] ?? '';
}
