import { spdxFromDebian } from '../debian-licence-names.ts';

const MAX_LICENCES = 200;
const MAX_NAME = 200;

/**
 * Licences of `usr/share/doc/<package>/copyright`. A machine-readable file (DEP-5) says them in its `License:` fields; of any
 * other text only the mentioned files of /usr/share/common-licenses are taken, by Debian's name: prose does not say more.
 */
export function parseCopyright(text: string): string[] {
  const machineReadable = /^format:/im.test(text.slice(0, 2000));
  const found = machineReadable ? declaredLicences(text.replaceAll('\r', '')) : mentionedLicences(text);
  return [...found].sort();
}

/**
 * Takes the header and the `Files:` paragraphs; a paragraph that has only a `License:` field gives a licence's text, and its
 * name would turn `GPL-2+ or MIT` into three licences.
 */
function declaredLicences(text: string): Set<string> {
  const declared = new Set<string>();
  const texts = new Set<string>();
  for (const { licence, describesFiles } of paragraphs(text)) {
    const target = describesFiles ? declared : texts;
    if (licence !== '' && target.size < MAX_LICENCES) target.add(spdxFromDebian(licence));
  }
  return declared.size > 0 ? declared : texts;
}

interface Paragraph {
  licence: string;
  describesFiles: boolean;
}

/** Jumps from field to field: these files are megabytes of licence texts around a few lines that matter. */
function* paragraphs(text: string): Generator<Paragraph> {
  let paragraph: Paragraph = { licence: '', describesFiles: false };
  let end = text.indexOf('\n\n');
  for (const match of text.matchAll(/(?:^|\n)(files|format|licen[sc]e):([^\n]*)/gi)) {
    if (end !== -1 && end < match.index) {
      yield paragraph;
      paragraph = { licence: '', describesFiles: false };
      end = text.indexOf('\n\n', match.index + 1);
    }
    const [, field = '', value = ''] = match;
    if (/^l/i.test(field)) paragraph.licence = value.slice(0, MAX_NAME).trim();
    else paragraph.describesFiles = true;
  }
  yield paragraph;
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
