import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, visit, type YAMLMap } from 'yaml';
import { err, ok, type Result } from '../result.ts';
import { suggestion } from '../suggestion.ts';

/** A YAML file that a person wrote, with the places of all that is in it. */
export interface UserYaml {
  readonly root: Node | null;
  /** `exceptions.yaml:12:5` */
  place(of: Node | null | undefined): string;
  line(of: Node | null | undefined): number;
}

const MAX_CHARACTERS = 512 * 1024;
/** The library descends by recursion; a hostile file of brackets ends on its stack, which it says in one way or the other. */
const TOO_DEEP = 'is nested too deeply to be a list';

/**
 * Reads one document. Anchors and aliases are refused: nobody needs them for a list, and with them nine lines are made gigabytes.
 * Errors say where.
 */
export function readUserYaml(text: string, file: string): Result<UserYaml> {
  if (text.length > MAX_CHARACTERS) return err(`${file} has more than ${MAX_CHARACTERS} characters; split it`);
  const lines = new LineCounter();
  const placeOf = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  try {
    const document = parsed(text, lines);
    const [fault] = document.errors;
    if (fault?.message.includes('call stack')) return err(`${file} ${TOO_DEEP}`);
    if (fault) return err(`${placeOf(fault.pos[0])}: not valid YAML: ${fault.message.slice(0, 200)}`);
    const shared = firstShared(document.contents);
    if (shared !== undefined) return err(`${placeOf(shared)}: anchors and aliases are not read here; write it out`);
    return ok({
      root: document.contents,
      place: (of) => placeOf(of?.range?.[0] ?? 0),
      line: (of) => lines.linePos(of?.range?.[0] ?? 0).line,
    });
  } catch (error) {
    if (error instanceof RangeError) return err(`${file} ${TOO_DEEP}`);
    throw error;
  }
}

/**
 * Of a file that is all brackets every character is an error to the library, and most of the time goes into noting where in the program
 * each was made: without that it is a second and not a minute.
 */
function parsed(text: string, lineCounter: LineCounter) {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    const options = { prettyErrors: false, uniqueKeys: false, version: '1.2', logLevel: 'silent' } as const;
    return parseDocument(text, { ...options, lineCounter });
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Offset of the first anchor or alias. */
function firstShared(root: Node | null): number | undefined {
  let found: number | undefined;
  if (root === null) return undefined;
  visit(root, {
    Alias(_key, node) {
      found = node.range?.[0] ?? 0;
      return visit.BREAK;
    },
    Value(_key, node) {
      if (node.anchor === undefined) return undefined;
      found = node.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return found;
}

/** A member of a mapping: its name, the node of its name and of its value. */
export interface Member {
  readonly name: string;
  readonly key: Node | null;
  readonly value: Node | null;
}

/** The members of a mapping in order; none for anything else. A name that is no text has the name ``. */
export function membersOf(node: unknown): Member[] {
  if (!isMap(node)) return [];
  return node.items.map(({ key, value }: YAMLMap['items'][number] | Pair) => ({
    name: isScalar(key) && typeof key.value === 'string' ? key.value : '',
    key: nodeOf(key),
    value: nodeOf(value),
  }));
}

export function memberOf(node: unknown, name: string): Node | null {
  return membersOf(node).find((member) => member.name === name)?.value ?? null;
}

export function itemsOf(node: unknown): (Node | null)[] {
  return isSeq(node) ? node.items.map(nodeOf) : [];
}

/** A text, or what YAML made of one that looks like a number, as it was written. */
export function textOf(node: unknown): string | undefined {
  if (!isScalar(node)) return undefined;
  if (typeof node.value === 'string') return node.value;
  return typeof node.value === 'number' && node.source !== undefined ? node.source : undefined;
}

export function truthOf(node: unknown): boolean | undefined {
  return isScalar(node) && typeof node.value === 'boolean' ? node.value : undefined;
}

/** A text or a list of texts; undefined where anything else is among them. */
export function textsOf(node: unknown): string[] | undefined {
  const items = isSeq(node) ? node.items : [node];
  const texts = items.map(textOf);
  return texts.every((text) => text !== undefined) ? texts : undefined;
}

function nodeOf(value: unknown): Node | null {
  return isMap(value) || isSeq(value) || isScalar(value) ? value : null;
}

/** One entry of a list that a person wrote: its members, and all that is wrong with it, so that it is mended in one go. */
export class UserEntry {
  readonly faults: string[] = [];
  readonly entry: Node | null;
  readonly members: ReadonlyMap<string, Member>;
  readonly #yaml: UserYaml;

  /** `wanted`: names of the members that there are. `shape`: what an entry is, for one that is none: `an exception is a mapping: ...`. */
  constructor(yaml: UserYaml, entry: Node | null, wanted: readonly string[], shape: string) {
    this.#yaml = yaml;
    this.entry = entry;
    const all = membersOf(entry);
    this.members = new Map(all.map((member) => [member.name, member]));
    if (!isMap(entry)) this.fault(entry, shape);
    for (const [index, { name, key }] of all.entries()) {
      if (!wanted.includes(name)) this.fault(key, `unknown member ${JSON.stringify(name)}${suggestion(name, wanted)}`);
      else if (all.findIndex((other) => other.name === name) !== index) this.fault(key, `${name} stands twice`);
    }
  }

  /** `exceptions.yaml:12` */
  statedIn(file: string): string {
    return `${file}:${this.#yaml.line(this.entry)}`;
  }

  fault(at: Node | null | undefined, message: string): void {
    this.faults.push(`${this.#yaml.place(at ?? this.entry)}: ${message}`);
  }
}
