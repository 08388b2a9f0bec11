import type { FieldCatalog } from '../fields/field.ts';
import { checksOf, type Expanded, type PlacedCheck } from '../rules/expanded.ts';
import type { RuleFault, RuleFaultCode } from '../rules/fault.ts';
import type { MappedText } from '../rules/mapped-text.ts';
import { type FieldOperand, type Operand, transformers } from '../syntax/tree.ts';

/** What in a condition and an output is probably not meant so: told as warnings, each kind once for a rule. */
export function suspicions<E>(
  expression: Expanded,
  output: MappedText,
  catalog: FieldCatalog<E>,
  about: string,
): RuleFault[] {
  const found = new Map<string, RuleFault>();
  const warn = (code: RuleFaultCode, message: string, source: MappedText, at: number): void => {
    const { file, place } = source.place(at);
    if (!found.has(message)) found.set(message, file.fault('warning', code, message, place, about));
  };
  for (const check of checksOf(expression)) {
    for (const [code, message, at] of suspicionsOf(check, catalog)) warn(code, message, check.source, at);
  }
  for (const [, name = ''] of output.text.matchAll(/%([a-z][a-z0-9_.]*)/g)) {
    const deprecated = catalog.get(name)?.deprecated;
    if (deprecated !== undefined)
      warn('deprecated', deprecation(name, deprecated), output, output.text.indexOf(`%${name}`));
  }
  if (output.text.includes('%container.info'))
    warn(
      'deprecated',
      '%container.info is deprecated and says nothing: what it said is added to every output',
      output,
      output.text.indexOf('%container.info'),
    );
  return [...found.values()];
}

type Suspicion = readonly [RuleFaultCode, string, number];

function* suspicionsOf<E>(check: PlacedCheck, catalog: FieldCatalog<E>): Iterable<Suspicion> {
  const { left, operator, right } = check;
  for (const { name, at } of fieldsOf(left)) {
    const deprecated = catalog.get(name)?.deprecated;
    if (deprecated !== undefined) yield ['deprecated', deprecation(name, deprecated), at];
  }
  const texts = right?.kind === 'values' ? right.texts : right?.kind === 'value' ? [right.text] : [];
  for (const text of texts) {
    const plain = text.replace(/\s/g, '');
    if (catalog.get(plain) !== undefined)
      yield [
        'value-suspicious',
        `${JSON.stringify(text)} is compared as a text; a field on the right stands in val()`,
        check.at,
      ];
    if (transformers.some((name) => plain.startsWith(`${name}(`) && plain.endsWith(')')))
      yield [
        'value-suspicious',
        `${JSON.stringify(text)} is compared as a text, not transformed: it stands in quotes`,
        check.at,
      ];
    if (operator === 'regex' && isPlain(text))
      yield [
        'value-suspicious',
        `the pattern ${JSON.stringify(text)} can be asked faster with =, contains, startswith or endswith`,
        check.at,
      ];
    if (text === '<NA>' && left.kind === 'field' && /^(?:ka|jevt)\./.test(left.name))
      yield ['value-na', 'a comparison with <NA> is never true: ask whether the field exists', check.at];
  }
}

function deprecation(name: string, instead: string): string {
  return instead === 'nothing' ? `${name} is deprecated` : `${name} is deprecated: use ${instead}`;
}

function* fieldsOf(operand: Operand): Iterable<FieldOperand> {
  if (operand.kind === 'field') yield operand;
  else
    for (const input of operand.inputs)
      if (input.kind === 'field' || input.kind === 'transformation') yield* fieldsOf(input);
}

/** No character has a meaning but at the ends. */
function isPlain(pattern: string): boolean {
  return !/[.+*?^$()[\]{}|\\]/.test(pattern.replace(/^\^?(?:\.[*+?])?/, '').replace(/(?:\.[*+?])?\$?$/, ''));
}
