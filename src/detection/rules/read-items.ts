import { isMap, isSeq } from 'yaml';
import type { RuleFault } from './fault.ts';
import { membersOf, offsetOf, parseRuleFile, writtenText } from './file.ts';
import type { EngineVersionItem, Item, ListItem, MacroItem, PluginVersion, PluginVersionsItem } from './item.ts';
import { ItemFault, MemberReader } from './member-reader.ts';
import { bothWays, readOverrides, readRule, warnAppend } from './read-rule.ts';
import { readSequence } from './read-sequence.ts';

export interface ReadItems {
  readonly items: readonly Item[];
  readonly faults: readonly RuleFault[];
}

/** Reads the items of a file in order. One that is wrong loses itself, and is told of. */
export function readItems(name: string, text: string): ReadItems {
  const { file, items: nodes, faults: unreadable } = parseRuleFile(name, text);
  const items: Item[] = [];
  const faults: RuleFault[] = [...unreadable];
  for (const node of nodes) {
    const reader = new MemberReader(file, node);
    try {
      const item = isMap(node) ? readItem(reader) : notAnItem(reader);
      if (item !== undefined) items.push(item);
    } catch (error) {
      if (!(error instanceof ItemFault)) throw error;
      faults.push(error.fault);
    }
    faults.push(...reader.warnings);
  }
  return { items, faults };
}

function notAnItem(reader: MemberReader): never {
  throw reader.fault('item-invalid', 'an item is a mapping: "- rule: ...", "- macro: ...", "- list: ..."');
}

/** The first of the keys decides what an item is. */
const kinds: readonly (readonly [string, (reader: MemberReader) => Item])[] = [
  ['required_engine_version', readEngineVersion],
  ['required_plugin_versions', readPluginVersions],
  ['list', readList],
  ['macro', readMacro],
  ['rule', readRule],
  ['sequence', readSequence],
];

function readItem(reader: MemberReader): Item | undefined {
  const [, read] = kinds.find(([key]) => reader.has(key)) ?? [];
  if (read !== undefined) return read(reader);
  reader.warn('item-unknown', `an item that is none of ${kinds.map(([key]) => key).join(', ')} is passed over`);
  return undefined;
}

function readEngineVersion(reader: MemberReader): EngineVersionItem {
  const text = reader.text('required_engine_version');
  reader.warnUnknown(['required_engine_version']);
  const [, whole] = /^(\d{1,6})$/.exec(text) ?? [];
  const [, major, minor, patch] = /^v?(\d{1,6})\.(\d{1,6})\.(\d{1,6})(?:[-+].*)?$/.exec(text) ?? [];
  const place = { kind: 'engine-version', file: reader.file, offset: reader.at('required_engine_version') } as const;
  if (whole !== undefined) return { ...place, version: [0, Number(whole), 0] };
  if (major !== undefined) return { ...place, version: [Number(major), Number(minor), Number(patch)] };
  throw reader.fault('engine-version', `${JSON.stringify(text)} is no version: write a number or x.y.z`, place.offset);
}

function readPluginVersions(reader: MemberReader): PluginVersionsItem {
  const key = 'required_plugin_versions';
  reader.warnUnknown([key]);
  const node = reader.value(key);
  if (!isSeq(node)) throw reader.fault('plugin-version', `${key} is a list`, reader.at(key));
  const required = node.items.map((item) => {
    const more = membersOf(item).get('alternatives')?.value;
    if (more !== undefined && !isSeq(more))
      throw reader.fault('plugin-version', 'alternatives are a list', offsetOf(more));
    const alternatives = [item, ...(isSeq(more) ? more.items : [])].map((one) => readPlugin(reader, one));
    const twice = alternatives.find(
      ({ name }, index) => alternatives.findIndex((other) => other.name === name) !== index,
    );
    if (twice)
      throw reader.fault(
        'plugin-version',
        `the plugin ${JSON.stringify(twice.name)} stands twice among the alternatives`,
        offsetOf(item),
      );
    return { alternatives, file: reader.file, offset: offsetOf(item) };
  });
  return { kind: 'plugin-versions', required, file: reader.file, offset: reader.offset };
}

function readPlugin(reader: MemberReader, node: unknown): PluginVersion {
  const members = membersOf(node);
  const name = writtenText(members.get('name')?.value);
  const version = writtenText(members.get('version')?.value);
  if (name === undefined || version === undefined)
    throw reader.fault('plugin-version', 'a plugin that is required has a name and a version', offsetOf(node));
  if (!/^\d{1,6}\.\d{1,6}\.\d{1,6}(?:[-+].*)?$/.test(version))
    throw reader.fault(
      'plugin-version',
      `${JSON.stringify(version)} is no version of the plugin ${name}: write x.y.z`,
      offsetOf(node),
    );
  return { name, version };
}

function readList(reader: MemberReader): ListItem {
  const name = reader.text('list');
  reader.about = `list ${JSON.stringify(name)}`;
  if (!/^[^()"'\s=,]+$/.test(name))
    reader.warn('name-invalid', 'the name of a list has no blanks, quotes, brackets, = or ,', reader.at('list'));
  const items = reader.texts('items');
  if (items === undefined) throw reader.fault('item-invalid', 'there are no items', reader.offset);
  const appends = readAppends(reader, 'items');
  reader.warnUnknown(['list', 'items', 'append', 'override']);
  return { kind: 'list', name, appends, items, file: reader.file, offset: reader.at('list') };
}

function readMacro(reader: MemberReader): MacroItem {
  const name = reader.text('macro');
  reader.about = `macro ${JSON.stringify(name)}`;
  if (!/^[a-zA-Z]+[a-zA-Z0-9_]*$/.test(name))
    reader.warn('name-invalid', 'the name of a macro is a letter, then letters, digits and _', reader.at('macro'));
  const condition = reader.mapped('condition');
  const appends = readAppends(reader, 'condition');
  reader.warnUnknown(['macro', 'condition', 'append', 'override']);
  return { kind: 'macro', name, appends, condition, file: reader.file, offset: reader.at('macro') };
}

/** Whether a list or macro adds to an earlier one, in the old way or in the new one. */
function readAppends(reader: MemberReader, key: string): boolean {
  const appends = reader.truth('append', false);
  if (appends) warnAppend(reader);
  const overrides = readOverrides(reader, [key], [key]);
  if (appends && overrides !== undefined) throw bothWays(reader);
  return appends || overrides?.append.includes(key) === true;
}
