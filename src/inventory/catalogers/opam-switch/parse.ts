import type { InputFile } from '../../cataloger.ts';
import { type ParsedRecords, RecordCollector } from '../records.ts';

const PACKAGE = /(?:^|\/)\.opam-switch\/packages\/([^/]+)\/opam$/;
const STATE = /(?:^|\/)\.opam-switch\/switch-state$/;
const TEXT = /"((?:[^"\\\n]|\\.){0,250})"/g;
const MAX_PACKAGES = 20_000;

/** `packages/<name>.<version>/opam` describes a package, `switch-state` lists what is installed and what was asked for. */
export function parseSwitch(file: InputFile): ParsedRecords {
  const records = new RecordCollector(file, 'opam-switch', 'switch of opam');
  const [, nameVersion] = PACKAGE.exec(file.path) ?? [];
  if (nameVersion !== undefined) addPackage(nameVersion, file.text(), records);
  else if (STATE.test(file.path)) addState(file.text(), records);
  return records.result();
}

function addPackage(nameVersion: string, text: string, records: RecordCollector): void {
  const [licences, [maintainer]] = [textsOf(text, 'license'), textsOf(text, 'maintainer')];
  records.add({
    ...split(nameVersion),
    ...(licences.length > 0 ? { licences } : {}),
    ...(maintainer ? { maintainer } : {}),
  });
}

function addState(text: string, records: RecordCollector): void {
  const roots = new Set(textsOf(text, 'roots'));
  for (const nameVersion of textsOf(text, 'installed'))
    records.add({ ...split(nameVersion), relation: roots.has(nameVersion) ? 'direct' : 'transitive' });
}

/** Names have no dot: `ocaml-base-compiler.5.1.0~rc1`. */
function split(nameVersion: string): { readonly name: string; readonly version: string } {
  const dot = nameVersion.indexOf('.');
  return dot === -1
    ? { name: '', version: '' }
    : { name: nameVersion.slice(0, dot), version: nameVersion.slice(dot + 1) };
}

/** The texts of a field at the start of a line: `license: "MIT"`, `license: ["MIT" "ISC"]`, the list over any number of lines. */
function textsOf(text: string, field: string): string[] {
  const at = text.startsWith(`${field}:`) ? 0 : text.indexOf(`\n${field}:`) + 1;
  if (!text.startsWith(`${field}:`, at)) return [];
  const value = text.slice(at + field.length + 1).trimStart();
  const end = value.startsWith('[') ? value.indexOf(']') : value.indexOf('\n');
  const texts = (end === -1 ? value : value.slice(0, end)).matchAll(TEXT);
  return [...texts].slice(0, MAX_PACKAGES).map(([, inside = '']) => inside.replace(/\\(.)/g, '$1'));
}
