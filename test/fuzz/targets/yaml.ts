import assert from 'node:assert/strict';
import { stringify } from 'yaml';
import { parseYamlDocuments, readManifest, type YamlDocument, type YamlPath } from '#manifests/index.ts';
import { checkProblems, checkResult, saysIncomplete } from '../rules.ts';
import type { FuzzTarget } from '../target.ts';

const seeds = [
  "apiVersion: v1\nkind: List\nitems:\n- a: &x {b: [c, \"d\\n\", 'e''f']}\n  <<: *x\n- ? g\n  : |-\n    h\n   \n    i\n- >+1\n  j\n\n  k\n---\non: [0644, 1_0, .5, ~]\n",
  '%YAML 1.2\n%TAG !e! tag:e,2026:\n---\n&a !e!b c: !!str 1\n? - d\n: - - e\n    - f: g\n      h:\n      - i # j\n...\n"k\n l\\\n m": [n: o, ? p, {q, "r":s}]\n',
  '{"kind": "Pod", "apiVersion": "v1", "spec": {"a": [1, -2.5e3, true, null, "\\u00e9\\ud83d\\ude00"], "b": {}}}',
];

/** YAML: documents or words about each that is none; places inside of the text; what is JSON as JSON is read; what is written reads the same. */
export const yamlDocuments: FuzzTarget = {
  id: 'yaml-documents',
  title: 'YAML and JSON with the places of everything in them',
  form: 'text',
  maxBytes: 32 * 1024,
  seeds: () => seeds.map((seed) => Buffer.from(seed)),
  run(bytes) {
    const text = Buffer.from(bytes).toString('utf8');
    const { documents, problems } = parseYamlDocuments(text);
    checkProblems(problems);
    assert.ok(problems.length === 0 || saysIncomplete(problems));
    checkResult(readManifest(text, 'a.yaml'));
    for (const document of documents) {
      liesInside(document, [], document.value, text, 0);
      readsTheSame(document.value);
    }
    isJson(text, documents);
  },
};

const MAX_DEPTH = 12;

function liesInside(document: YamlDocument, path: YamlPath, value: unknown, text: string, depth: number): void {
  const place = document.placeOf(path);
  assert.ok(place, `has a place at ${path.join('/')}`);
  assert.ok(0 <= place.start && place.start <= place.end && place.end <= text.length, `a place at ${path.join('/')}`);
  if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value).slice(0, 20))
    liesInside(document, [...path, Array.isArray(value) ? Number(name) : name], member, text, depth + 1);
}

/** Texts that are written by another program. Numbers are texts here, since there are two dialects of them. */
function readsTheSame(value: unknown): void {
  const texts = textsOf(value);
  const written = stringify(texts, {
    defaultStringType: 'QUOTE_DOUBLE',
    aliasDuplicateObjects: false,
    doubleQuotedAsJSON: true,
  });
  if (!written.includes('{{')) assert.deepEqual(parseYamlDocuments(written).documents[0]?.value, texts);
}

function textsOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(textsOf);
  if (typeof value === 'bigint') return String(Number(value));
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, textsOf(member)]));
}

/** Numbers that are too large are texts in YAML. */
function hasFiniteNumbers(json: unknown): boolean {
  if (typeof json === 'object' && json !== null) return Object.values(json).every(hasFiniteNumbers);
  return typeof json !== 'number' || Number.isFinite(json);
}

function isJson(text: string, documents: readonly YamlDocument[]): void {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return;
  }
  if (
    typeof json !== 'object' ||
    json === null ||
    text.includes('{{') ||
    text.includes('<<') ||
    !hasFiniteNumbers(json)
  )
    return;
  if (documents.length === 1) assert.deepEqual(textsOf(documents[0]?.value), textsOf(json));
}
