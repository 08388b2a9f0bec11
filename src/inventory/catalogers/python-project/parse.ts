import { entriesOf, linesOf, parseToml } from '#foundation/documents/index.ts';
import type { PackageScope } from '#model/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { requirementsIn } from '../python-manifest.ts';
import { parseRequirement, type Requirement } from '../python-requirement.ts';
import { type ParsedRecords, RecordCollector } from '../records.ts';

export function parseProject(file: InputFile): ParsedRecords {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  const collector = new RecordCollector(file, 'python-project', name);
  if (name === 'setup.py') addSetupProgram(file.text(), collector);
  else if (name === 'setup.cfg') addSetupSections(file.text(), collector);
  else addToml(file, name === 'Pipfile', collector);
  return collector.result();
}

function add(requirement: Requirement, scope: PackageScope, collector: RecordCollector): void {
  const { version, ...rest } = requirement;
  const record = { ...rest, relation: 'direct' as const, ...(scope !== 'runtime' && { scope }) };
  if (version === undefined) collector.unpinned(record);
  else collector.add({ ...record, version });
}

function addToml(file: InputFile, isPipfile: boolean, collector: RecordCollector): void {
  const document = parseToml(file);
  if (!document.ok) {
    collector.unreadable(document.error);
    return;
  }
  if (isPipfile) addPipfile(document.value, collector);
  const found = isPipfile ? undefined : requirementsIn(document.value);
  for (const scope of ['runtime', 'optional', 'development'] as const)
    for (const requirement of found?.[scope] ?? []) add(requirement, scope, collector);
}

/** `flask = "==3.0.3"`, `flask = "*"`, `flask = { version = "==3.0.3", extras = ["async"] }`. */
function addPipfile(document: unknown, collector: RecordCollector): void {
  const tables = new Map(entriesOf(document));
  for (const [table, scope] of [
    ['packages', 'runtime'],
    ['dev-packages', 'development'],
  ] as const) {
    for (const [name, wanted] of entriesOf(tables.get(table))) {
      const text = typeof wanted === 'string' ? wanted : new Map(entriesOf(wanted)).get('version');
      add(
        parseRequirement(`${name}${typeof text === 'string' && text !== '*' ? text : ''}`) ?? { name },
        scope,
        collector,
      );
    }
  }
}

/** Sections of lines, those that are indented belong to the key above: `install_requires =` and a requirement a line. */
function addSetupSections(text: string, collector: RecordCollector): void {
  let section = '';
  let key = '';
  for (const line of linesOf(text)) {
    const content = line.replace(/(?:^|\s)[#;].*$/, '').trim();
    if (content === '') continue;
    const heading = /^\[([^\]]{1,200})\]/.exec(line)?.[1];
    const [, name, value = ''] = /^([\w.-]{1,200})\s{0,20}[=:](.*)$/.exec(line) ?? [];
    if (heading !== undefined) section = heading;
    else if (/^\s/.test(line)) addListed(section, key, content, collector);
    else if (name !== undefined) {
      key = name;
      addListed(section, key, value.trim(), collector);
    }
  }
}

function addListed(section: string, key: string, text: string, collector: RecordCollector): void {
  const scope =
    section === 'options.extras_require' ? 'optional' : section === 'options' ? SETUP_KEYS.get(key) : undefined;
  const requirement = scope === undefined ? undefined : parseRequirement(text);
  if (scope !== undefined && requirement !== undefined) add(requirement, scope, collector);
}

const SETUP_KEYS: ReadonlyMap<string, PackageScope> = new Map([
  ['install_requires', 'runtime'],
  ['setup_requires', 'development'],
  ['tests_require', 'development'],
]);

/** A program: lists that are written out behind the names of `SETUP_KEYS` count. */
function addSetupProgram(text: string, collector: RecordCollector): void {
  let isAny = false;
  for (const match of text.matchAll(/\b(install_requires|setup_requires|tests_require)\s{0,10}=\s{0,10}/g)) {
    isAny = true;
    const scope = SETUP_KEYS.get(match[1] ?? '') ?? 'runtime';
    for (const literal of textsAt(text, match.index + match[0].length)) {
      const requirement = parseRequirement(literal);
      if (requirement !== undefined) add(requirement, scope, collector);
    }
  }
  if (isAny) collector.problem('read-as-text', AS_TEXT, 'degraded');
}

const AS_TEXT =
  'A setup.py is a program and was read as text: requirements that it computes are not seen. Move them to pyproject.toml, or pin what ' +
  'is installed with `pip freeze`.';

const TEXT = /(?:[\s,]|#[^\n]{0,1000}\n){0,1000}(?:"([^"\n\\]{0,500})"|'([^'\n\\]{0,500})')/y;

/** The texts of a list or tuple that begins at a position, up to the first thing that is no text. */
function* textsAt(text: string, start: number): Generator<string> {
  const isList = text[start] === '[' || text[start] === '(';
  TEXT.lastIndex = start + (isList ? 1 : 0);
  for (let match = TEXT.exec(text); match !== null; match = TEXT.exec(text)) {
    const from = TEXT.lastIndex;
    yield match[1] ?? match[2] ?? '';
    if (!isList) return;
    TEXT.lastIndex = from;
  }
}
