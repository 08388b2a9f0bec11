import type { Problem } from '#foundation/index.ts';
import { YamlDocument } from './document.ts';
import type { Dialect } from './scalars.ts';
import { SourceText } from './source-text.ts';
import { isUnrendered, writesTemplate } from './template.ts';
import { COMPLEX_KEY, keyName, ValueReader } from './values.ts';
import { YamlFault } from './yaml/fault.ts';
import { type ParsedStream, parseStream } from './yaml/stream.ts';
import { MAPPING, type NodeTree } from './yaml/tree.ts';

export interface YamlFile {
  /** Of several in a file, those that could be read; empty ones are left out. */
  readonly documents: readonly YamlDocument[];
  /** One for each document that could not be read. Their subject is the caller's to say. */
  readonly problems: readonly Problem[];
}

/** The largest bundles of definitions that projects publish have four million. */
const MAX_CHARACTERS = 16 * 1024 * 1024;
/** A file of nothing but broken documents is told about once and not thousands of times. */
const MAX_PROBLEMS = 50;

/**
 * Reads YAML, and JSON as the YAML that it is, with the place of everything in it. Plain scalars mean what they mean to the tool that will
 * read the file: Kubernetes where a document says `apiVersion` and `kind`, else Compose. Anchors, aliases and merge keys are followed. What
 * is refused is told with the words to go on: a template that was not rendered, a document that its aliases make large, one that is not YAML.
 */
export function parseYamlDocuments(text: string): YamlFile {
  if (text.length > MAX_CHARACTERS) return refusal(TOO_LONG);
  if (writesTemplate(text)) return unrendered();
  const hasBraces = text.includes('{{');
  const documents: YamlDocument[] = [];
  const problems: Problem[] = [];
  for (const read of readDocuments(text)) {
    if (read instanceof YamlDocument) documents.push(read);
    else if (hasBraces && isTemplate(text, read)) return unrendered();
    else problems.push(unreadable(`line ${read.line}, column ${read.column}: ${read.message}`));
  }
  return { documents, problems: firstOf(problems) };
}

export const TOO_LONG = `has more than ${MAX_CHARACTERS} characters; split it`;

/** A document that could not be read. */
export interface UnreadDocument {
  readonly message: string;
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/** The documents of a text, or why not, in order; empty ones are left out. */
export function* readDocuments(text: string, dialect?: Dialect): Iterable<YamlDocument | UnreadDocument> {
  const stream = parseStream(text);
  // Lines are counted as everything else counts them, not by carriage returns alone.
  const source = new SourceText(text);
  for (const parsed of stream.documents) {
    const read = 'fault' in parsed ? invalid(parsed.fault) : documentOf(stream, source, parsed.root, dialect);
    if (read instanceof YamlFault) yield { message: read.message, offset: read.offset, ...source.placeOf(read.offset) };
    else if (read.value !== null) yield read;
  }
}

function invalid({ message, offset }: YamlFault): YamlFault {
  return new YamlFault(`not valid YAML: ${message}`, offset);
}

export function isTooLong(text: string): boolean {
  return text.length > MAX_CHARACTERS;
}

function documentOf(
  { text, tree }: ParsedStream,
  source: SourceText,
  root: number,
  given: Dialect | undefined,
): YamlDocument | YamlFault {
  try {
    const dialect = given ?? dialectOf(text, tree, root);
    const value = new ValueReader(text, tree, dialect).read(root);
    return new YamlDocument({ source, parsed: text, tree, root, dialect, value });
  } catch (error) {
    if (error instanceof YamlFault) return error;
    throw error;
  }
}

function dialectOf(text: string, tree: NodeTree, root: number): Dialect {
  let found = 0;
  for (let key = tree.kind(root) === MAPPING ? tree.first(root) : 0; key !== 0; key = tree.next(tree.next(key))) {
    const name = keyName(text, tree, key, 'compose');
    if (name === 'apiVersion' || name === 'kind') found++;
  }
  return found >= 2 ? 'kubernetes' : 'compose';
}

/** Of a text with `{{` in it: what is no YAML because it is a template, or is YAML by chance. */
function isTemplate(text: string, { message, offset }: UnreadDocument): boolean {
  return message !== COMPLEX_KEY || isUnrendered(text, offset);
}

function firstOf(problems: readonly Problem[]): readonly Problem[] {
  const more = problems.length - MAX_PROBLEMS;
  return more <= 0
    ? problems
    : [...problems.slice(0, MAX_PROBLEMS), unreadable(`${more} more documents of it cannot be read`)];
}

function refusal(message: string): YamlFile {
  return { documents: [], problems: [unreadable(message)] };
}

function unreadable(message: string): Problem {
  return { code: 'yaml-unreadable', message, effect: 'incomplete' };
}

function unrendered(): YamlFile {
  const message = 'is a template; render it first, by --render where it is part of a chart, and check what comes of it';
  return { documents: [], problems: [{ code: 'yaml-template', message, effect: 'incomplete' }] };
}
