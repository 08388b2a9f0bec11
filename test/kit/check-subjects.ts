import assert from 'node:assert/strict';
import type { SubjectKind, Subjects } from '#checks/index.ts';
import { composeFileOf } from '../../src/checks/compose/index.ts';
import { parseYamlDocuments } from '../../src/checks/yaml/index.ts';

type Parsers = { readonly [Kind in SubjectKind]: (text: string) => Subjects[Kind] };

/** The day on which examples are judged. */
const today = '2026-11-24';

/** How the examples of checks, whole small documents, become subjects. */
const parsers: Parsers = {
  compose: composeExample,
  dockerfile: (text) => ({ text }),
  'image-config': () => ({ config: imageConfig(), today }),
};

export function exampleSubject<Kind extends SubjectKind>(kind: Kind, text: string): Subjects[Kind] {
  return parsers[kind](text);
}

function composeExample(text: string): Subjects['compose'] {
  const [document] = parseYamlDocuments(text).documents;
  assert.ok(document, `is YAML:\n${text}`);
  return composeFileOf(document);
}

function imageConfig(): Subjects['image-config']['config'] {
  return { env: [], entrypoint: [], cmd: [], exposedPorts: [], volumes: [], labels: {}, history: [] };
}
