import type { InputFile } from '../../cataloger.ts';
import { type ParsedRecords, RecordCollector } from '../records.ts';
import { requestCataloger } from '../requests.ts';

const maxBytes = 4 * 1024 * 1024;

/** What opam locked for an OCaml project; what the project asks for where there is no lock. */
export const opamFile = requestCataloger({
  id: 'opam-file',
  title: 'OCaml packages in *.opam.locked and *.opam',
  references: ['https://opam.ocaml.org/doc/Manual.html#opam', 'https://opam.ocaml.org/doc/man/opam-lock.html'],
  maturity: 'stable',
  type: 'opam',
  evidence: 'declared',
  revision: 1,
  files: [
    { kind: 'suffix', suffix: '.opam.locked', maxBytes },
    { kind: 'suffix', suffix: '.opam', maxBytes },
  ],
  parse,
  isBetter: (path) => path.endsWith('.locked'),
  readsBetter: true,
  keyOf: (path) => path.replace(/\.locked$/, ''),
});

/** `"dune" {>= "3.0" & build}`: one package and what is asked of it. */
const PACKAGE = /"([\w.+-]{1,200})"\s{0,20}(?:\{([^{}]{0,1000})\})?/g;

/** Of the fields, `depends: [...]` and `depopts: [...]`; comments begin with `#`. */
function parse(file: InputFile): ParsedRecords {
  const isLock = file.path.endsWith('.locked');
  const collector = new RecordCollector(file, 'opam-file', isLock ? 'opam lock file' : 'opam file');
  const text = file.text().replace(/#[^\n]*/g, '');
  for (const [field, isOptional] of [
    ['depends', false],
    ['depopts', true],
  ] as const) {
    for (const [, name = '', asked = ''] of listIn(text, field).matchAll(PACKAGE)) {
      const isForBuilding = /\b(?:with-test|with-doc|with-dev-setup|dev)\b/.test(asked);
      const version = /(?:^|[\s&(])= {0,5}"([^"]{1,200})"/.exec(asked)?.[1];
      const scope = isForBuilding ? ('development' as const) : isOptional ? ('optional' as const) : undefined;
      const record = { name, ...(!isLock && { relation: 'direct' as const }), ...(scope && { scope }) };
      if (version === undefined) collector.unpinned(record);
      else collector.add({ ...record, version });
    }
  }
  return collector.result();
}

/** Up to the bracket that closes the list; those in texts and filters do not count. */
function listIn(text: string, field: string): string {
  const start = new RegExp(`^${field}:\\s{0,20}\\[`, 'm').exec(text);
  if (start === null) return '';
  const from = start.index + start[0].length;
  const end = text.indexOf(']', from);
  return text.slice(from, end === -1 ? text.length : end);
}
