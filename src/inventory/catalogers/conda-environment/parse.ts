import { asList, asMembers, asText, parseYaml } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { parseRequirement } from '../python-requirement.ts';
import { type ParsedRecords, RecordCollector } from '../records.ts';

/** Many tools call a file `environment.yml`: one without a list of dependencies is not conda's. */
export function parseEnvironment(file: InputFile): ParsedRecords {
  const records = new RecordCollector(file, 'conda-environment', 'conda environment file');
  const yaml = parseYaml(file);
  if (!yaml.ok) {
    records.unreadable(yaml.error);
    return records.result();
  }
  for (const document of yaml.value.documents) {
    for (const item of asList(asMembers(document)?.['dependencies']) ?? []) {
      const text = asText(item);
      if (text !== undefined) addMatch(text, records);
      else
        for (const requirement of asList(asMembers(item)?.['pip']) ?? []) addRequirement(asText(requirement), records);
    }
  }
  return records.result();
}

/**
 * `conda-forge/linux-64::numpy=1.26.4=py311h_0`, `numpy 1.26.4`, `numpy>=1.20`, `numpy`. One `=` means `1.26.4` and what
 * begins so; `conda env export` writes the exact version like that. Without a version the package is listed with none.
 */
function addMatch(text: string, records: RecordCollector): void {
  const [place, spec] = splitPlace(text.split('#', 1)[0]?.trim() ?? '');
  const match = /^([A-Za-z0-9_][\w.-]{0,200})\s*(?:\[.*)?(.*)$/s.exec(spec);
  if (match?.[1] === undefined) {
    records.unusable(text);
    return;
  }
  const version = /^={1,2}\s*([^=<>!~|,*\s]{1,100})(?:=.*)?$|^([0-9][^=<>!~|,*\s]{0,100})(?:\s.*)?$/s.exec(
    match[2] ?? '',
  );
  const channel = place === '' ? {} : { qualifiers: { channel: place.slice(0, 200) } };
  records.add({ name: match[1].toLowerCase(), version: version?.[1] ?? version?.[2] ?? '', ...channel });
}

function splitPlace(text: string): [place: string, spec: string] {
  const at = text.indexOf('::');
  return at === -1 ? ['', text] : [text.slice(0, at), text.slice(at + 2).trim()];
}

function addRequirement(text: string | undefined, records: RecordCollector): void {
  const requirement = parseRequirement(text ?? '');
  if (requirement?.version !== undefined)
    records.add({ type: 'pypi', name: requirement.name, version: requirement.version });
  else if (requirement !== undefined) records.unpinned({ type: 'pypi', name: requirement.name });
  else if (!text?.startsWith('-')) records.unusable(text);
}
