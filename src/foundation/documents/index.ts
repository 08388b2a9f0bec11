/**
 * A second door to this module: readers of documents in the formats that everybody uses, bounded for hostile ones. Apart from
 * `index.ts`, so that the parsers are loaded only where documents are read.
 */
export { parseJson, parseJsonText } from './json.ts';
export { linesOf } from './lines.ts';
export { asList, asMembers, asText, entriesOf, type Members, memberOf, textsOf } from './shapes.ts';
export type { TextSource } from './text-source.ts';
export { parseToml } from './toml.ts';
export { childOf, childrenOf, parseXml, textOf, type XmlElement } from './xml.ts';
export { parseYaml, type Yaml, type YamlDocuments } from './yaml.ts';
