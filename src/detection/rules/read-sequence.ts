import { isMap, isSeq } from 'yaml';
import type { SequenceItem, SequenceStep } from './item.ts';
import { MemberReader } from './member-reader.ts';

const KNOWN = [
  'sequence',
  'desc',
  'by',
  'within',
  'steps',
  'output',
  'priority',
  'source',
  'enabled',
  'tags',
  'plimsoll',
];
const STEP_KEYS = ['name', 'condition', 'count', 'distinct'];
const MAX_STEPS = 8;
const MAX_COUNT = 100_000;

export function readSequence(reader: MemberReader): SequenceItem {
  const name = reader.text('sequence');
  reader.about = `sequence ${JSON.stringify(name)}`;
  reader.warnUnknown(KNOWN);
  return {
    kind: 'sequence',
    name,
    file: reader.file,
    offset: reader.offset,
    description: reader.text('desc').trim(),
    output: reader.mapped('output').trimmed(),
    priority: reader.priority(),
    source: reader.optionalText('source') ?? 'syscall',
    enabled: reader.truth('enabled', true),
    tags: reader.texts('tags') ?? [],
    by: readKey(reader),
    withinUs: readDuration(reader),
    steps: readSteps(reader),
    about: reader.node('plimsoll'),
  };
}

/** By what events belong together: `host` is all of them. */
function readKey(reader: MemberReader): readonly string[] {
  const by = isSeq(reader.value('by')) ? (reader.texts('by') ?? []) : [reader.text('by')];
  return by.length === 1 && by[0] === 'host' ? [] : by;
}

const UNITS = new Map([
  ['ms', 1000],
  ['s', 1_000_000],
  ['m', 60_000_000],
  ['h', 3_600_000_000],
]);

function readDuration(reader: MemberReader): number {
  const [, digits = '', unit = ''] = /^(\d{1,6})(ms|s|m|h)$/.exec(reader.text('within')) ?? [];
  const us = Number(digits) * (UNITS.get(unit) ?? 0);
  if (us > 0 && us <= 86_400_000_000) return us;
  throw reader.fault(
    'item-invalid',
    'within is a time of at most a day, such as 500ms, 30s, 10m or 2h',
    reader.at('within'),
  );
}

function readSteps(reader: MemberReader): SequenceStep[] {
  const node = reader.value('steps');
  if (!isSeq(node) || node.items.length === 0 || node.items.length > MAX_STEPS)
    throw reader.fault('item-invalid', `steps are a list of one to ${MAX_STEPS} conditions`, reader.at('steps'));
  const steps = node.items.map((item, index) => readStep(reader, item, index));
  if (steps.length === 1 && steps[0]?.count === 1)
    throw reader.fault(
      'item-invalid',
      'a sequence of one step counts: give it a "count", or write a rule',
      reader.at('steps'),
    );
  return steps;
}

function readStep(reader: MemberReader, node: unknown, index: number): SequenceStep {
  const step = new MemberReader(reader.file, node);
  step.about = reader.about;
  if (!isMap(node)) throw step.fault('item-invalid', 'a step has a condition');
  step.warnUnknown(STEP_KEYS);
  reader.warnings.push(...step.warnings);
  const count = step.count('count', 1);
  if (count < 1 || count > MAX_COUNT) throw step.fault('item-invalid', `count is 1 to ${MAX_COUNT}`, step.at('count'));
  return {
    name: step.optionalText('name') ?? String(index + 1),
    condition: step.mapped('condition'),
    count,
    distinct: step.optionalText('distinct'),
    file: step.file,
    offset: step.offset,
  };
}
