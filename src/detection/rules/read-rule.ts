import { isMap } from 'yaml';
import { membersOf, offsetOf, writtenText } from './file.ts';
import type { RuleAddition, RuleItem, RuleReplacement, RuleUpdateItem, ToggleItem } from './item.ts';
import type { MemberReader } from './member-reader.ts';
import { readExceptions } from './read-exceptions.ts';

const APPENDABLE = ['condition', 'output', 'desc', 'tags', 'exceptions'];
const REPLACEABLE = [
  ...APPENDABLE,
  'priority',
  'capture',
  'capture_duration',
  'enabled',
  'warn_evttypes',
  'skip-if-unknown-filter',
];
const KNOWN = ['rule', 'source', 'override', 'append', 'plimsoll', ...REPLACEABLE];

export function readRule(reader: MemberReader): RuleItem | RuleUpdateItem | ToggleItem {
  const name = reader.text('rule');
  reader.about = `rule ${JSON.stringify(name)}`;
  const appends = reader.truth('append', false);
  if (appends) warnAppend(reader);
  const overrides = readOverrides(reader, APPENDABLE, REPLACEABLE);
  if (appends && overrides !== undefined) throw bothWays(reader);
  const place = { name, file: reader.file, offset: reader.offset };
  reader.warnUnknown(KNOWN);
  if (overrides !== undefined) return { kind: 'rule-update', ...place, ...updateOf(reader, overrides) };
  const source = optionalSource(reader);
  if (appends) {
    const keys = ['condition', 'exceptions'].filter((key) => reader.has(key));
    return { kind: 'rule-update', ...place, source, append: readAddition(reader, keys, true), replace: undefined };
  }
  const isToggle = !['condition', 'output', 'desc', 'priority'].some((key) => reader.has(key));
  if (!isToggle) return { kind: 'rule', ...place, ...readNewRule(reader) };
  reader.text('enabled');
  reader.warn('deprecated', '"enabled" alone is deprecated; write "override: {enabled: replace}" beside it');
  return { kind: 'toggle', ...place, enabled: reader.truth('enabled', true) };
}

function optionalSource(reader: MemberReader): string {
  return writtenText(reader.value('source')) ?? '';
}

function readNewRule(reader: MemberReader): Omit<RuleItem, 'kind' | 'name' | 'file' | 'offset'> {
  return {
    condition: reader.mapped('condition'),
    output: reader.mapped('output').trimmed(),
    description: reader.text('desc').trim(),
    priority: reader.priority(),
    source: optionalSource(reader) || 'syscall',
    enabled: reader.truth('enabled', true),
    tags: reader.texts('tags') ?? [],
    exceptions: readExceptions(reader, false),
    warnEventTypes: reader.truth('warn_evttypes', true),
    skipIfUnknownFilter: reader.truth('skip-if-unknown-filter', false),
    capture: reader.truth('capture', false),
    captureDurationMs: reader.count('capture_duration', 0),
    about: reader.node('plimsoll'),
  };
}

export interface Overrides {
  readonly append: readonly string[];
  readonly replace: readonly string[];
}

/** What `override` says of which keys; nothing when there is none. */
export function readOverrides(
  reader: MemberReader,
  appendable: readonly string[],
  replaceable: readonly string[],
): Overrides | undefined {
  const node = reader.value('override');
  if (node === undefined) return undefined;
  if (!isMap(node))
    throw reader.fault('override-invalid', 'override says of each key: append or replace', reader.at('override'));
  const append: string[] = [];
  const replace: string[] = [];
  for (const [key, { key: keyNode, value }] of membersOf(node)) {
    const operation = writtenText(value) ?? '';
    if (operation === 'append' && appendable.includes(key)) append.push(key);
    else if (operation === 'replace' && replaceable.includes(key)) replace.push(key);
    else if (operation === 'append')
      throw reader.fault('override-invalid', `${key} cannot be appended to; use "replace"`, offsetOf(keyNode));
    else if (operation === 'replace')
      throw reader.fault('override-invalid', `${key} cannot be replaced`, offsetOf(keyNode));
    else
      throw reader.fault(
        'override-invalid',
        `${JSON.stringify(operation)} is no override: there are append and replace`,
        offsetOf(value),
      );
  }
  return append.length + replace.length === 0 ? undefined : { append, replace };
}

/** Every key that is overridden stands there, and every key that stands there is overridden. */
function updateOf(
  reader: MemberReader,
  { append, replace }: Overrides,
): Pick<RuleUpdateItem, 'source' | 'append' | 'replace'> {
  for (const key of [...append, ...replace])
    if (!reader.has(key))
      throw reader.fault('override-invalid', `override names ${key}, which does not stand here`, reader.at('override'));
  const unexpected = REPLACEABLE.find((key) => reader.has(key) && !append.includes(key) && !replace.includes(key));
  if (unexpected !== undefined)
    throw reader.fault(
      'override-invalid',
      `${unexpected} stands here and override does not name it`,
      reader.at(unexpected),
    );
  return {
    source: optionalSource(reader),
    append: append.length === 0 ? undefined : readAddition(reader, append, true),
    replace: replace.length === 0 ? undefined : readReplacement(reader, replace),
  };
}

function readAddition(reader: MemberReader, keys: readonly string[], appends: boolean): RuleAddition {
  return {
    ...(keys.includes('condition') && { condition: reader.mapped('condition') }),
    ...(keys.includes('output') && { output: reader.mapped('output') }),
    ...(keys.includes('desc') && { description: reader.text('desc') }),
    ...(keys.includes('tags') && { tags: reader.texts('tags') ?? [] }),
    ...(keys.includes('exceptions') && { exceptions: readExceptions(reader, appends) }),
  };
}

function readReplacement(reader: MemberReader, keys: readonly string[]): RuleReplacement {
  return {
    ...readAddition(reader, keys, false),
    ...(keys.includes('priority') && { priority: reader.priority() }),
    ...(keys.includes('enabled') && { enabled: reader.truth('enabled', true) }),
    ...(keys.includes('warn_evttypes') && { warnEventTypes: reader.truth('warn_evttypes', true) }),
    ...(keys.includes('skip-if-unknown-filter') && {
      skipIfUnknownFilter: reader.truth('skip-if-unknown-filter', false),
    }),
    ...(keys.includes('capture') && { capture: reader.truth('capture', false) }),
    ...(keys.includes('capture_duration') && { captureDurationMs: reader.count('capture_duration', 0) }),
  };
}

export function warnAppend(reader: MemberReader): void {
  reader.warn(
    'deprecated',
    '"append" is deprecated; say under "override" what is appended: "condition: append"',
    reader.at('append'),
  );
}

export function bothWays(reader: MemberReader): Error {
  return reader.fault(
    'override-invalid',
    '"append: true" and "override" cannot stand together; say it under "override"',
    reader.at('append'),
  );
}
