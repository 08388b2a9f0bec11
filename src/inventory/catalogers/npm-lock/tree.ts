import { asMembers, asText, entriesOf, type Members } from '#foundation/documents/index.ts';
import type { PackageScope } from '#model/index.ts';
import { type RecordCollector, reference } from '../records.ts';

const MAX_DEPTH = 200;

interface Node {
  readonly name: string;
  readonly version: string;
  readonly source: string | undefined;
  readonly entry: Members;
  readonly parent: Node | undefined;
  readonly children: Map<string, Node>;
}

/** `dependencies` of version 1: each package holds those that were installed below it. Answers what the project means by a name. */
export function addTree(
  dependencies: unknown,
  records: RecordCollector,
): (readonly [name: string, reference: string])[] {
  const top = children(dependencies, undefined, records);
  const waiting = [...top.values()].map((node) => ({ node, depth: 1 }));
  const nodes: Node[] = [];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node, depth } = next;
    nodes.push(node);
    if (depth >= MAX_DEPTH) {
      const message = `An npm lock file is nested more than ${MAX_DEPTH} levels deep; what is below was left out.`;
      records.problem('too-deep', message, 'incomplete', node.name);
      continue;
    }
    for (const [name, child] of children(node.entry['dependencies'], node, records)) node.children.set(name, child);
    for (const child of node.children.values()) waiting.push({ node: child, depth: depth + 1 });
  }
  for (const node of nodes) addNode(node, top, records);
  const counts = Map.groupBy(nodes, ({ name }) => name);
  return [...top]
    .filter(([key, { name }]) => key !== name || (counts.get(name)?.length ?? 0) > 1)
    .map(([key, node]) => [key, reference(node)] as const);
}

function children(value: unknown, parent: Node | undefined, records: RecordCollector): Map<string, Node> {
  const found = new Map<string, Node>();
  for (const [key, child] of entriesOf(value)) {
    const entry = asMembers(child);
    if (entry)
      found.set(key, { ...identityOf(key, asText(entry['version']) ?? ''), entry, parent, children: new Map() });
    else records.unusable(key);
  }
  return found;
}

function addNode(node: Node, top: ReadonlyMap<string, Node>, records: RecordCollector): void {
  const { name, version, source, entry } = node;
  const scope = scopeOf(entry);
  records.add({
    name,
    version,
    dependencies: entriesOf(entry['requires']).flatMap(([wanted]) => {
      const found = resolve(node, wanted, top, records);
      return found ? [reference(found)] : [];
    }),
    ...(scope && { scope }),
    ...(source && { qualifiers: source.startsWith('git') ? { vcs_url: source } : { download_url: source } }),
  });
}

function resolve(from: Node, name: string, top: ReadonlyMap<string, Node>, records: RecordCollector): Node | undefined {
  for (let node: Node | undefined = from; node; node = node.parent) {
    if (!records.mayLookUp(name)) return undefined;
    const found = node.children.get(name);
    if (found) return found;
  }
  return top.get(name);
}

function scopeOf(entry: Members): PackageScope | undefined {
  if (entry['dev'] === true) return 'development';
  return entry['optional'] === true ? 'optional' : undefined;
}

/** `1.2.3`; `npm:other@1.2.3` for an alias; the URL of an archive or a repository, whose version is known from its name at best. */
function identityOf(key: string, text: string): { name: string; version: string; source: string | undefined } {
  if (text.startsWith('npm:')) {
    const at = text.lastIndexOf('@');
    if (at > 'npm:'.length)
      return { name: text.slice('npm:'.length, at), version: text.slice(at + 1), source: undefined };
  }
  if (!/^[a-z+]+:|\//.test(text)) return { name: key, version: text, source: undefined };
  const archive = /-(\d+\.\d+\.\d+[^/]{0,80})\.tgz$/.exec(text.slice(-200));
  const isRemote = /^(?:https?|git[a-z+]*):/.test(text) && text.length <= 500;
  return { name: key, version: archive?.[1] ?? '', source: isRemote ? text : undefined };
}
