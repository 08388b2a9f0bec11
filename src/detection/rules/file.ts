import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
  type Scalar,
  visit,
} from 'yaml';
import type { RuleFault, RuleFaultCode } from './fault.ts';

/** A file of rules, by which places in it are told. */
export class RuleFile {
  readonly name: string;
  readonly text: string;
  readonly #lines: LineCounter;

  constructor(name: string, text: string, lines: LineCounter) {
    this.name = name;
    this.text = text;
    this.#lines = lines;
  }

  place(offset: number): { line: number; column: number } {
    const { line, col } = this.#lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  }

  fault(level: RuleFault['level'], code: RuleFaultCode, message: string, offset: number, item = ''): RuleFault {
    const { line, column } = this.place(offset);
    return { level, code, message, item, file: this.name, line, column, excerpt: this.#excerpt(offset) };
  }

  /** The line, or the part of a long one around the place, with a caret below it. */
  #excerpt(offset: number): string {
    const start = this.text.lastIndexOf('\n', offset - 1) + 1;
    const newline = this.text.indexOf('\n', offset);
    const end = newline === -1 ? this.text.length : newline;
    const from = offset - start > SHOWN ? offset - SHOWN / 2 : start;
    const to = Math.min(end, from + SHOWN * 2);
    const shown = this.text.slice(from, to).replace(/[\t\r]/g, ' ');
    return shown.trim() === '' ? '' : `${shown}\n${' '.repeat(Math.max(offset - from, 0))}^`;
  }
}

const SHOWN = 80;
const MAX_CHARACTERS = 8 * 1024 * 1024;
const MAX_ITEMS = 20_000;

export interface ParsedRuleFile {
  readonly file: RuleFile;
  readonly items: readonly Node[];
  readonly faults: readonly RuleFault[];
}

/** Reads the items of a file: sequences at the top of its documents. Aliases are followed, as one node and never as copies. */
export function parseRuleFile(name: string, text: string): ParsedRuleFile {
  const lines = new LineCounter();
  const file = new RuleFile(name, text, lines);
  const refusal = (message: string, offset = 0): ParsedRuleFile => {
    return { file, items: [], faults: [file.fault('error', 'yaml-invalid', message, offset)] };
  };
  if (text.length > MAX_CHARACTERS) return refusal(`has more than ${MAX_CHARACTERS} characters; split it`);
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    const options = {
      prettyErrors: false,
      uniqueKeys: false,
      version: '1.2',
      logLevel: 'silent',
      lineCounter: lines,
    } as const;
    const documents = parseAllDocuments(text, options);
    if (!Array.isArray(documents)) return { file, items: [], faults: [] };
    return itemsOf(file, documents);
  } catch (error) {
    if (error instanceof RangeError) return refusal('is nested too deeply to be a file of rules');
    throw error;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function itemsOf(file: RuleFile, documents: readonly Document.Parsed[]): ParsedRuleFile {
  const items: Node[] = [];
  const faults: RuleFault[] = [];
  for (const document of documents) {
    const [wrong] = document.errors;
    if (wrong) {
      faults.push(file.fault('error', 'yaml-invalid', `not valid YAML: ${wrong.message.slice(0, 200)}`, wrong.pos[0]));
      continue;
    }
    if (!followAliases(document)) {
      faults.push(
        file.fault('error', 'yaml-invalid', `has more than ${MAX_NODES} values when its aliases are followed`, 0),
      );
      continue;
    }
    const { contents } = document;
    if (contents === null || (isScalar(contents) && contents.value === null)) continue;
    if (isSeq<Node>(contents)) items.push(...contents.items.filter((item) => !(isScalar(item) && item.value === null)));
    else faults.push(file.fault('error', 'yaml-invalid', 'a file of rules is a list of items', offsetOf(contents)));
  }
  if (items.length > MAX_ITEMS) {
    const message = `has more than ${MAX_ITEMS} items; split it`;
    return { file, items: [], faults: [file.fault('error', 'yaml-invalid', message, 0)] };
  }
  return { file, items, faults };
}

/** Each alias is followed wherever it stands, and few lines can stand for very many: more than so many nodes are not gone through. */
const MAX_NODES = 200_000;

/**
 * Puts what they stand for where aliases are. One that stands inside of what it names is left, and is then no text or list. False when
 * there are too many.
 */
function followAliases(document: Document.Parsed): boolean {
  let visited = 0;
  visit(document, (_key, node, path) => {
    if (++visited > MAX_NODES) return visit.BREAK;
    if (!isAlias(node)) return undefined;
    const meant = node.resolve(document);
    return meant === undefined || path.some((outer) => outer === meant) ? undefined : meant;
  });
  return visited <= MAX_NODES;
}

export function offsetOf(node: unknown): number {
  return isScalar(node) || isCollection(node) || isAlias(node) ? (node.range?.[0] ?? 0) : 0;
}

/** What was written: `1.10` and `yes` stay as they are. Nothing for what is no scalar or is empty. */
export function writtenText(node: unknown): string | undefined {
  if (!isScalar(node) || node.value === null) return undefined;
  return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
}

export function membersOf(node: unknown): Map<string, { key: Node | undefined; value: unknown }> {
  const members = new Map<string, { key: Node | undefined; value: unknown }>();
  if (!isMap(node)) return members;
  for (const { key, value } of node.items) {
    const name = writtenText(key);
    if (name !== undefined && !members.has(name))
      members.set(name, { key: isScalar(key) ? (key as Scalar) : undefined, value });
  }
  return members;
}
