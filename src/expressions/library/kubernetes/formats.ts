import { Opaque, Optional } from '../../values/value.ts';
import { global, member, type Overload } from '../function.ts';

/** A form that names and texts may have, which says what is wrong with one that has it not. */
class Format extends Opaque {
  readonly typeName = 'kubernetes.NamedFormat';
  readonly name: string;
  readonly validate: (text: string) => readonly string[];
  constructor(name: string, validate: (text: string) => readonly string[]) {
    super();
    this.name = name;
    this.validate = validate;
  }
  equals(other: Opaque): boolean {
    return other instanceof Format && other.name === this.name;
  }
}

const LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const LABEL_1035 = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/;
const NAME_PART = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

interface Rule {
  readonly pattern: RegExp;
  readonly most: number;
  readonly words: string;
}

function problems(text: string, { pattern, most, words }: Rule): string[] {
  return [
    ...(text.length > most ? [`must be no more than ${most} characters`] : []),
    ...(pattern.test(text) ? [] : [words]),
  ];
}

const LABEL_WORDS = 'must consist of lower case letters, digits and -, and begin and end with a letter or digit';
const label = (text: string): string[] => problems(text, { pattern: LABEL, most: 63, words: LABEL_WORDS });
const label1035 = (text: string): string[] =>
  problems(text, { pattern: LABEL_1035, most: 63, words: `${LABEL_WORDS}; the first must be a letter` });

function subdomain(text: string): string[] {
  const isWrong = !text.split('.').every((part) => LABEL.test(part));
  return [
    ...(text.length > 253 ? ['must be no more than 253 characters'] : []),
    ...(isWrong ? ['must consist of labels of lower case letters, digits and -, with dots between'] : []),
  ];
}

function namePart(text: string): string[] {
  if (text === '') return ['name part must be non-empty'];
  const words = 'must consist of letters, digits, -, _ or ., and begin and end with a letter or digit';
  return problems(text, { pattern: NAME_PART, most: 63, words });
}

function qualifiedName(text: string): string[] {
  const [first = '', second, more] = text.split('/');
  if (more !== undefined) return ['a qualified name has at most one slash'];
  if (second === undefined) return namePart(first);
  return [...(first === '' ? ['prefix part must be non-empty'] : subdomain(first)), ...namePart(second)];
}

const matching =
  (pattern: RegExp, words: string) =>
  (text: string): string[] =>
    pattern.test(text) ? [] : [words];
/** Prefixes of generated names may end with a dash. */
const prefix =
  (validate: (text: string) => string[]) =>
  (text: string): string[] =>
    validate(text.replace(/-$/, 'a'));

function date(text: string): string[] {
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true;
  return isDate ? [] : ['invalid date'];
}

function dateTime(text: string): string[] {
  const isTime = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[-+]\d{2}:\d{2})$/.test(text);
  return isTime && !Number.isNaN(Date.parse(text)) ? [] : ['invalid datetime'];
}

const formats: readonly Format[] = [
  new Format('dns1123Label', label),
  new Format('dns1123LabelPrefix', prefix(label)),
  new Format('dns1123Subdomain', subdomain),
  new Format('dns1123SubdomainPrefix', prefix(subdomain)),
  new Format('dns1035Label', label1035),
  new Format('dns1035LabelPrefix', prefix(label1035)),
  new Format('qualifiedName', qualifiedName),
  new Format('labelValue', (text) => (text === '' ? [] : namePart(text))),
  new Format('uri', matching(/^(?:[A-Za-z][A-Za-z0-9+.-]*:|\/)[^\s]*$/, 'invalid URI')),
  new Format(
    'uuid',
    matching(/^[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$/, 'does not match the UUID format'),
  ),
  new Format('byte', matching(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/, 'invalid base64')),
  new Format('date', date),
  new Format('datetime', dateTime),
];
const byName = new Map(formats.map((format) => [format.name, format]));

function named(name: string): Optional {
  const format = byName.get(name);
  return format === undefined ? Optional.none : new Optional(format);
}

export const namedFormats: readonly Overload[] = [
  ...formats.map((format) => global(`format.${format.name}`, '-> kubernetes.NamedFormat', () => format)),
  global('format.named', 'string -> optional(kubernetes.NamedFormat)', named),
  member('validate', 'kubernetes.NamedFormat, string -> optional(list(string))', (format: Format, text: string) => {
    const found = format.validate(text);
    return found.length === 0 ? Optional.none : new Optional(found);
  }),
];
