import { linesOf } from '../lines.ts';
import { spdxFromDebian } from './licence-names.ts';

const MAX_LICENCES = 200;
const MAX_NAME = 200;

/**
 * Licences of `usr/share/doc/<package>/copyright`. A machine-readable file (DEP-5) says them in its `License:` fields; of any
 * other text only the mentioned files of /usr/share/common-licenses are taken, by Debian's name: prose does not say more.
 */
export function parseCopyright(text: string): string[] {
  const found = /^format:/im.test(text.slice(0, 2000)) ? declaredLicences(text) : mentionedLicences(text);
  return [...found].sort();
}

/**
 * Takes the header and the `Files:` paragraphs; a paragraph that has only a `License:` field gives a licence's text, and its
 * name would turn `GPL-2+ or MIT` into three licences.
 */
function declaredLicences(text: string): Set<string> {
  const declared = new Set<string>();
  const texts = new Set<string>();
  let target = texts;
  let pending = '';
  const flush = (): void => {
    if (pending !== '' && target.size < MAX_LICENCES) target.add(spdxFromDebian(pending));
    pending = '';
    target = texts;
  };
  for (const line of linesOf(text)) {
    const first = line.charCodeAt(0);
    if (first === 32 || first === 9) continue;
    if (line.trim() === '') flush();
    else if (/^(?:files|format):/i.test(line)) target = declared;
    else if (/^licen[sc]e:/i.test(line)) pending = line.slice(8).trim().slice(0, MAX_NAME);
  }
  flush();
  return declared.size > 0 ? declared : texts;
}

function mentionedLicences(text: string): Set<string> {
  const found = new Set<string>();
  for (const match of text.matchAll(/common-licenses\/([A-Za-z][A-Za-z0-9.-]{0,40})/g)) {
    if (found.size >= MAX_LICENCES) break;
    const name = (match[1] ?? '').replace(/[.-]+$/, '');
    if (name !== '') found.add(UNVERSIONED.has(name) ? name : commonLicence(name));
  }
  return found;
}

const UNVERSIONED = new Set(['GPL', 'LGPL', 'GFDL', 'AGPL', 'BSD']);

/** The GNU licences stay by Debian's name: whether "or later" is meant stands in the prose around the mention. */
function commonLicence(name: string): string {
  return /^A?L?GPL|^GFDL/.test(name) ? name : spdxFromDebian(name);
}
