import { asText, memberOf, parseJson, textsOf } from '#foundation/documents/index.ts';
import { ProblemLog } from '#foundation/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { optional } from '../../optional.ts';
import type { ParsedPart, RecordPart } from '../package-directories.ts';
import { fileName } from '../places.ts';

/** Where cpanm and carton note what they installed: `…/perl5/x86_64-linux/.meta/URI-5.10/`. */
const PLACE = /(?:^|\/)\.meta\/[^/]+\/[^/]+$/;

/** Licences as CPAN::Meta::Spec names them, where they mean one. */
const LICENCES = new Map([
  ['agpl_3', 'AGPL-3.0-only'],
  ['apache_1_1', 'Apache-1.1'],
  ['apache_2_0', 'Apache-2.0'],
  ['artistic_1', 'Artistic-1.0'],
  ['artistic_2', 'Artistic-2.0'],
  ['bsd', 'BSD-3-Clause'],
  ['freebsd', 'BSD-2-Clause'],
  ['gpl_1', 'GPL-1.0-only'],
  ['gpl_2', 'GPL-2.0-only'],
  ['gpl_3', 'GPL-3.0-only'],
  ['lgpl_2_1', 'LGPL-2.1-only'],
  ['lgpl_3_0', 'LGPL-3.0-only'],
  ['mit', 'MIT'],
  ['mozilla_1_1', 'MPL-1.1'],
  ['openssl', 'OpenSSL'],
  ['perl_5', 'Artistic-1.0-Perl OR GPL-1.0-or-later'],
  ['zlib', 'Zlib'],
]);

/** `install.json` says what was fetched, `MYMETA.json` what the distribution says of itself. */
export function parseMeta(file: InputFile): ParsedPart {
  if (!PLACE.test(file.path)) return { problems: [] };
  const problems = new ProblemLog();
  const document = parseJson(file);
  if (!document.ok) {
    const message = `A record of an installed CPAN distribution could not be read (it ${document.error}).`;
    problems.add({ code: 'cpan-distribution-unreadable', message, effect: 'incomplete', subject: file.path });
    return { problems: problems.list() };
  }
  const isOrigin = fileName(file.path) === 'install.json';
  return { part: isOrigin ? fromOrigin(document.value) : fromMeta(document.value), problems: [] };
}

/** `Harbour-Charts-2.4.1`: the name of the distribution, which may be another than that of its main module. */
function fromOrigin(value: unknown): RecordPart {
  const version = asText(memberOf(value, 'version')) ?? '';
  const dist = asText(memberOf(value, 'dist')) ?? '';
  const name = dist.endsWith(`-${version}`) ? dist.slice(0, -version.length - 1) : '';
  return { ...optional('version', version), ...optional('name', name) };
}

function fromMeta(value: unknown): RecordPart {
  const licences = textsOf(memberOf(value, 'license')).filter((name) => name !== 'unknown');
  const [author] = textsOf(memberOf(value, 'author'));
  return {
    ...optional('name', asText(memberOf(value, 'name'))),
    ...optional('version', asText(memberOf(value, 'version'))),
    ...optional('maintainer', author?.slice(0, 500)),
    ...(licences.length > 0 && {
      licences: licences.slice(0, 20).map((name) => LICENCES.get(name) ?? name.slice(0, 100)),
    }),
  };
}
