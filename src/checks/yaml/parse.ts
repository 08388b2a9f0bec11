import { type Document, parseAllDocuments } from 'yaml';
import type { Problem } from '#foundation/index.ts';
import { YamlDocument } from './document.ts';
import { Refused, Resolution } from './resolve.ts';
import { SourceText } from './source-text.ts';
import { isUnrendered, writesTemplate } from './template.ts';

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
const TOO_DEEP = 'is nested too deeply to be checked';

/**
 * Reads YAML, and JSON as the YAML that it is, with the place of everything in it. Scalars are as in YAML 1.2 (`yes` is a text); anchors,
 * aliases and merge keys are followed. What is refused is told with the words to go on: a template that was not rendered, a document that
 * its aliases make large, one that is not YAML.
 */
export function parseYamlDocuments(text: string): YamlFile {
  if (text.length > MAX_CHARACTERS) return refusal(`has more than ${MAX_CHARACTERS} characters; split it`);
  if (writesTemplate(text)) return unrendered();
  try {
    return read(new SourceText(text), parsed(text));
  } catch (error) {
    if (error instanceof RangeError) return refusal(TOO_DEEP);
    throw error;
  }
}

function read(source: SourceText, parsedDocuments: readonly Document[]): YamlFile {
  const { text } = source;
  const documents: YamlDocument[] = [];
  const problems: Problem[] = [];
  for (const node of parsedDocuments) {
    const fault = node.errors[0];
    if (fault !== undefined) {
      if (text.includes('{{')) return unrendered();
      problems.push(faultIn(source, fault.message, fault.pos[0]));
      continue;
    }
    if (node.contents === null) continue;
    const resolution = new Resolution();
    try {
      const value = resolution.valueOf(node.contents);
      if (value !== null) documents.push(new YamlDocument(source, node.contents, value, resolution.targets));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (isUnrendered(text, error.offset)) return unrendered();
      problems.push(unreadable(`line ${source.placeOf(error.offset).line}: ${error.message}`));
    }
  }
  return { documents, problems: firstOf(problems) };
}

function firstOf(problems: readonly Problem[]): readonly Problem[] {
  const more = problems.length - MAX_PROBLEMS;
  return more <= 0
    ? problems
    : [...problems.slice(0, MAX_PROBLEMS), unreadable(`${more} more documents of it cannot be read`)];
}

/**
 * Of a file that is all brackets every character is an error to the library, and most of the time goes into noting where in the program
 * each was made.
 */
function parsed(text: string): readonly Document[] {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return parseAllDocuments(text, { prettyErrors: false, uniqueKeys: false, version: '1.2', logLevel: 'silent' });
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function faultIn(source: SourceText, message: string, offset: number): Problem {
  if (message.includes('call stack')) return unreadable(TOO_DEEP);
  return unreadable(`line ${source.placeOf(offset).line}: not valid YAML: ${message.slice(0, 200)}`);
}

function refusal(message: string): YamlFile {
  return { documents: [], problems: [unreadable(message)] };
}

function unreadable(message: string): Problem {
  return { code: 'yaml-unreadable', message, effect: 'incomplete' };
}

function unrendered(): YamlFile {
  const message = 'is a template; render it first (helm template, for instance) and check what comes of it';
  return { documents: [], problems: [{ code: 'yaml-template', message, effect: 'incomplete' }] };
}
