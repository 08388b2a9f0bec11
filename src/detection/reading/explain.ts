import { eventTypes } from '#runtime/index.ts';
import { typesOf } from '../compile/rules.ts';
import { syscallCatalog } from '../fields/catalog.ts';
import { bareContext } from '../fields/context.ts';
import { readAbout } from '../pack/about.ts';
import type { RuleSet } from '../rule-set.ts';
import { checksOf, type Expanded } from '../rules/expanded.ts';
import type { LoadedRule, LoadedSequence } from '../rules/load.ts';
import type { Operand } from '../syntax/tree.ts';
import { expressionInWords } from './words.ts';

/** What a rule or sequence means, line by line; nothing when there is none of the name. */
export function explainRule(set: RuleSet, name: string): string[] | undefined {
  const rule = set.loaded.rules.find((one) => one.name === name);
  if (rule !== undefined)
    return [
      ...head(rule, 'Rule'),
      ...attackLines(rule),
      '',
      'It fires when',
      ...expressionInWords(rule.expression),
      '',
      ...ruleLines(set, rule),
      ...aboutLines(rule),
    ];
  const sequence = set.loaded.sequences.find((one) => one.name === name);
  return (
    sequence && [
      ...head(sequence, 'Sequence'),
      ...attackLines(sequence),
      '',
      ...sequenceLines(sequence),
      ...aboutLines(sequence),
    ]
  );
}

type Named = Pick<
  LoadedRule,
  'name' | 'description' | 'priority' | 'source' | 'enabled' | 'tags' | 'about' | 'file' | 'offset'
>;

function head({ name, description, priority, source, enabled, file, offset }: Named, kind: string): string[] {
  const { line } = file.place(offset);
  return [
    `${kind} "${name}" (${priority}, source ${source}, ${enabled ? 'on' : 'off'}; ${file.name}:${line})`,
    '',
    description,
  ];
}

/** Techniques as the rule says them, or as Falco's rules have them among their tags. */
export function attackOf({ about, tags }: Pick<LoadedRule, 'about' | 'tags'>): readonly string[] {
  const read = readAbout(about);
  const own = read.ok ? read.value.attack : [];
  return own.length > 0 ? own : tags.filter((tag) => /^T\d{4}(?:\.\d{3})?$/.test(tag));
}

function attackLines(rule: Named): string[] {
  const techniques = attackOf(rule);
  if (techniques.length === 0) return [];
  return [
    '',
    `MITRE ATT&CK: ${techniques.map((id) => `${id} (https://attack.mitre.org/techniques/${id.replace('.', '/')}/)`).join(', ')}`,
  ];
}

function ruleLines(set: RuleSet, rule: LoadedRule): string[] {
  const compiled = set.compiled.syscall.rules.find((one) => one.rule.name === rule.name);
  const types = compiled === undefined ? [] : typesOf(compiled.plan, eventTypes);
  const isEvery = types.length === eventTypes.length;
  const about =
    rule.source === 'syscall'
      ? `Asked of: ${isEvery ? 'every event' : types.join(', ') || 'no event that a sensor reports'}`
      : 'Asked of: every record';
  return [
    about,
    `Fields: ${fieldLines(rule.expression).join('; ')}`,
    ...listLines(set, rule),
    ...rule.exceptions.map(({ name, values }) => `Exception "${name}": ${values.length} sets of values`),
    `Output: ${rule.output.text}`,
  ];
}

function fieldLines(expression: Expanded): string[] {
  const catalog = syscallCatalog(bareContext);
  const names = new Set([...checksOf(expression)].flatMap(({ left }) => fieldNames(left)));
  return [...names].map((name) => {
    const description = catalog.get(name)?.description;
    return description === undefined ? name : `${name} (${description})`;
  });
}

function fieldNames(operand: Operand): string[] {
  if (operand.kind === 'field') return [operand.name];
  return operand.inputs.flatMap((input) =>
    input.kind === 'field' || input.kind === 'transformation' ? fieldNames(input) : [],
  );
}

/** Lists that stand by name in the rule's own text or in macros that it uses. */
function listLines({ loaded }: RuleSet, rule: LoadedRule): string[] {
  const texts = [rule.condition.text, ...macroTexts(rule.expression)];
  const used = [...loaded.lists].filter(([name]) =>
    texts.some((text) => new RegExp(`(?:^|[\\s(),=])${escaped(name)}(?:$|[\\s(),=])`).test(text)),
  );
  return used.map(
    ([name, items]) =>
      `List ${name}: ${items.slice(0, 20).join(', ')}${items.length > 20 ? ` and ${items.length - 20} more` : ''}`,
  );
}

function macroTexts(expression: Expanded): string[] {
  return [...new Set([...checksOf(expression)].map(({ source }) => source.writtenText))];
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function sequenceLines({ by, withinUs, steps, output }: LoadedSequence): string[] {
  const key = by.length === 0 ? 'on the host' : `with the same ${by.join(' and ')}`;
  return [
    `It fires when within ${withinUs / 1_000_000} seconds, ${key}, these come true one after the other:`,
    ...steps.flatMap(({ name, count, distinct, expression }) => {
      const often = count === 1 ? '' : `, ${count} times${distinct === undefined ? '' : ` with different ${distinct}`}`;
      return [`${name}${often}:`, ...expressionInWords(expression, 1)];
    }),
    '',
    `Output: ${output.text}`,
  ];
}

function aboutLines({ about: node }: Named): string[] {
  const read = readAbout(node);
  if (!read.ok || read.value.why === '') return [];
  const { why, legitimate, respond, references } = read.value;
  return [
    '',
    `Why: ${why}`,
    `Legitimate cause: ${legitimate}`,
    `What to do: ${respond}`,
    ...references.map((one) => `See ${one}`),
  ];
}
