import { isMap, type Node } from 'yaml';
import {
  itemsOf,
  memberOf,
  membersOf,
  readUserYaml,
  textOf,
  textsOf,
  type UserYaml,
} from '#foundation/documents/user-yaml.ts';
import { suggestion } from '#foundation/index.ts';
import { exactIds, idCriterion, kindCriterion, pathCriterion, purlCriterion } from '../criteria.ts';
import { type Criterion, type Exception, type ExceptionList, invalidException, isDate } from '../exception.ts';

/** Sections of the file and the kind of finding that each is for. */
const SECTIONS = new Map([
  ['vulnerabilities', 'vulnerability'],
  ['misconfigurations', 'misconfiguration'],
  ['secrets', 'secret'],
  ['licenses', 'licence'],
]);
const MEMBERS = ['id', 'paths', 'purls', 'expired_at', 'statement'];
const MAX_ENTRIES = 10_000;

/** Reads `.trivyignore.yaml`. https://trivy.dev/latest/docs/configuration/filtering/#trivyignoreyaml */
export function parseTrivyIgnoreYaml(text: string, file: string): ExceptionList {
  const yaml = readUserYaml(text, file);
  if (!yaml.ok) return { exceptions: [], problems: [invalidException(yaml.error, file)] };
  const read = membersOf(yaml.value.root).flatMap(({ name, key, value }) => {
    const kind = SECTIONS.get(name);
    if (kind !== undefined) return itemsOf(value).map((entry) => entryOf(entry, kind, yaml.value, file));
    return [
      `${yaml.value.place(key)}: unknown section ${JSON.stringify(name)}${suggestion(name, [...SECTIONS.keys()])}`,
    ];
  });
  const kept = read.slice(0, MAX_ENTRIES);
  if (read.length > MAX_ENTRIES) kept.push(`${file}: only ${MAX_ENTRIES} entries are read`);
  return {
    exceptions: kept.filter((one) => typeof one !== 'string'),
    problems: kept.filter((one) => typeof one === 'string').map((fault) => invalidException(fault, file)),
  };
}

/** An exception, or what is wrong with it. */
function entryOf(entry: Node | null, kind: string, yaml: UserYaml, file: string): Exception | string {
  if (!isMap(entry)) return `${yaml.place(entry)}: an entry is a mapping with an "id"`;
  const unknown = membersOf(entry).find(({ name }) => !MEMBERS.includes(name));
  // What is not understood may narrow the entry: without it more would be closed than was meant.
  if (unknown)
    return `${yaml.place(unknown.key)}: unknown member ${JSON.stringify(unknown.name)}${suggestion(unknown.name, MEMBERS)}`;
  const id = textOf(memberOf(entry, 'id'));
  const [paths, purls] = [listOf(entry, 'paths'), listOf(entry, 'purls')];
  const expires = textOf(memberOf(entry, 'expired_at'))?.slice(0, 10);
  if (id === undefined || id === '') return `${yaml.place(entry)}: an entry needs an id`;
  if (paths === undefined || purls === undefined) return `${yaml.place(entry)}: paths and purls are lists of texts`;
  if (expires !== undefined && !isDate(expires))
    return `${yaml.place(memberOf(entry, 'expired_at'))}: expired_at is a date as in 2026-12-31`;
  const criteria = criteriaOf(id, paths, purls);
  if (typeof criteria === 'string') return `${yaml.place(entry)}: ${criteria}`;
  const exact = exactIds([id]);
  return {
    name: [id, [...purls, ...paths].join(', ')].filter(Boolean).join(' of '),
    statedIn: `${file}:${yaml.line(entry)}`,
    state: 'accepted',
    reason: textOf(memberOf(entry, 'statement'))?.trim() || 'listed without a statement',
    ...(expires !== undefined && { expires }),
    untilFix: false,
    criteria: [kindCriterion(kind), ...criteria],
    ...(exact && { exactIds: exact }),
  };
}

function criteriaOf(id: string, paths: readonly string[], purls: readonly string[]): Criterion[] | string {
  const ofPurls: Criterion[] = [];
  for (const purl of purls) {
    const criterion = purlCriterion(purl);
    if (!criterion.ok) return criterion.error;
    ofPurls.push(criterion.value);
  }
  const [ofId, ofPaths] = [idCriterion([id.replace(/[*?[{\\]/g, '\\$&')]), pathCriterion(paths)];
  if (!ofId.ok) return ofId.error;
  if (!ofPaths.ok) return ofPaths.error;
  return [
    ofId.value,
    ...(paths.length > 0 ? [ofPaths.value] : []),
    ...(purls.length > 0 ? [(subject: Parameters<Criterion>[0]) => ofPurls.some((holds) => holds(subject))] : []),
  ];
}

function listOf(entry: Node, name: string): string[] | undefined {
  return membersOf(entry).some((member) => member.name === name) ? textsOf(memberOf(entry, name)) : [];
}
