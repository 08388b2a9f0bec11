import { BlockReader } from './block.ts';
import { DOT, PERCENT } from './characters.ts';
import { Cursor, isMarker } from './cursor.ts';
import { Depth } from './depth.ts';
import { Directives } from './directives.ts';
import { YamlFault } from './fault.ts';
import { FlowReader } from './flow.ts';
import { LeafReader } from './leaves.ts';
import { NodeTree } from './tree.ts';

/** The root of a document, or why it could not be read. */
export type ParsedDocument = { readonly root: number } | { readonly fault: YamlFault };

export interface ParsedStream {
  /** The text in which ranges lie; as long as the one that was given. */
  readonly text: string;
  readonly tree: NodeTree;
  readonly documents: readonly ParsedDocument[];
}

/**
 * Reads a text as YAML 1.2 (https://yaml.org/spec/1.2.2/), in one pass. What is wrong in one document does not take those behind the next
 * `---` with it.
 */
export function parseStream(given: string): ParsedStream {
  const text = given.includes('\r') ? given.replace(LONE_CARRIAGE_RETURN, '\n') : given;
  const parser = new StreamParser(text);
  const documents = [...parser.documents()];
  parser.tree.trim();
  return { text, tree: parser.tree, documents };
}

/** A line break to YAML; after this, a carriage return is one more blank before a line feed. */
const LONE_CARRIAGE_RETURN = /\r(?!\n)/g;

const MAX_DOCUMENTS = 50_000;

class StreamParser {
  readonly tree: NodeTree;
  readonly #cursor: Cursor;

  constructor(text: string) {
    this.tree = new NodeTree(text);
    this.#cursor = new Cursor(text);
  }

  *documents(): Iterable<ParsedDocument> {
    const cursor = this.#cursor;
    for (let count = 0; ; count++) {
      const start = cursor.position;
      if (count === MAX_DOCUMENTS) {
        yield { fault: cursor.fault(`more than ${MAX_DOCUMENTS} documents; split the file`) };
        return;
      }
      try {
        const root = this.#document();
        if (root === undefined) return;
        if (root !== 0) yield { root };
      } catch (fault) {
        if (!(fault instanceof YamlFault)) throw fault;
        yield { fault };
        if (!this.#goOnBehind(Math.max(start, fault.offset))) return;
      }
    }
  }

  /** The root; 0 where there was only the end of another document, undefined at the end of the text. */
  #document(): number | undefined {
    const cursor = this.#cursor;
    const directives = this.#directives();
    if (cursor.isAtMarker && cursor.code === DOT) {
      if (!directives.isEmpty) throw cursor.fault('directives without a document');
      this.#endMarker();
      return 0;
    }
    if (cursor.isAtMarker) cursor.moveTo(cursor.position + 3);
    else if (!directives.isEmpty) throw cursor.fault('write --- between the directives and the document');
    else if (cursor.isAtEnd) return undefined;
    const root = this.#root(directives);
    cursor.skip();
    if (!cursor.isAtEnd) throw cursor.fault('more than one value; indent it, or begin a new document with ---');
    if (cursor.isAtMarker && cursor.code === DOT) this.#endMarker();
    return root;
  }

  #root(directives: Directives): number {
    const depth = new Depth();
    const leaves = new LeafReader(this.#cursor, this.tree, directives);
    const flow = new FlowReader(this.#cursor, this.tree, leaves, depth);
    return new BlockReader(this.#cursor, this.tree, leaves, flow, depth).root();
  }

  #directives(): Directives {
    const cursor = this.#cursor;
    const directives = new Directives();
    cursor.skip();
    while (cursor.code === PERCENT && cursor.column === 0) {
      directives.read(cursor);
      cursor.skip();
    }
    return directives;
  }

  /** `...`, behind which a line has nothing but a comment. */
  #endMarker(): void {
    const cursor = this.#cursor;
    cursor.moveTo(cursor.position + 3);
    cursor.skip();
    if (!cursor.isFresh && !cursor.isAtEnd) throw cursor.fault('begin the document on the next line');
  }

  /** At the next document; false where there is none. */
  #goOnBehind(offset: number): boolean {
    const { text } = this.#cursor;
    for (let at = text.indexOf('\n---', offset); at !== -1; at = text.indexOf('\n---', at + 1)) {
      if (!isMarker(text, at + 1)) continue;
      this.#cursor.enterLine(at + 1);
      return true;
    }
    return false;
  }
}
