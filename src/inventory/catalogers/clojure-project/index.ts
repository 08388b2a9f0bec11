import type { InputFile } from '../../cataloger.ts';
import { type ParsedRecords, RecordCollector, recordCataloger } from '../records.ts';

const maxBytes = 4 * 1024 * 1024;

/** What Clojure projects ask for: Leiningen's `project.clj` and `deps.edn` of the Clojure tools. */
export const clojureProject = recordCataloger({
  id: 'clojure-project',
  title: 'Java and Clojure libraries that project.clj and deps.edn ask for',
  references: [
    'https://codeberg.org/leiningen/leiningen/src/branch/stable/sample.project.clj',
    'https://clojure.org/reference/deps_edn',
  ],
  maturity: 'stable',
  type: 'maven',
  evidence: 'declared',
  revision: 1,
  files: [
    { kind: 'name', name: 'project.clj', maxBytes },
    { kind: 'name', name: 'deps.edn', maxBytes },
  ],
  parse,
});

/** `[ring/ring-core "1.9.0" :scope "test"]`; without a slash the group is called like the artifact. */
const VECTOR = /\[\s{0,20}([A-Za-z][\w.*+!?-]{0,200}(?:\/[\w.*+!?-]{1,200})?)\s{1,20}"([^"\n]{1,200})"([^[\]]{0,200})/g;
/** `org.clojure/clojure {:mvn/version "1.11.1"}`. */
const COORDINATE =
  /(?<![\w.*+!?/-])([A-Za-z][\w.*+!?-]{0,200}\/[\w.*+!?$-]{1,200})\s{1,20}\{[^{}]{0,200}:mvn\/version\s{1,20}"([^"\n]{1,200})"/g;
/** What stands behind it is for those who build the project. */
const FOR_BUILDING = /:(?:profiles|plugins|aliases)\b/;

function parse(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'clojure-project', 'Clojure project file');
  const text = file.text().replace(/;[^\n]*/g, '');
  const development = FOR_BUILDING.exec(text)?.index ?? text.length;
  const pattern = file.path.endsWith('.edn') ? COORDINATE : VECTOR;
  for (const match of text.matchAll(pattern)) {
    const [, written = '', version = '', rest = ''] = match;
    const [group = '', artifact = group] = written.split('/', 2);
    const isForBuilding = match.index > development || /:scope\s+"(?:test|provided)"/.test(rest);
    const scope = isForBuilding ? ({ scope: 'development' } as const) : {};
    const record = { name: `${group}:${artifact}`, relation: 'direct', ...scope } as const;
    if (/[[\](),]|^(?:LATEST|RELEASE)$/.test(version)) collector.unpinned(record);
    else collector.add({ ...record, version });
  }
  return collector.result();
}
