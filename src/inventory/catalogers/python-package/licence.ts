/**
 * Licences of a Python package, best source first: `License-Expression`; a `License` that is an expression or an identifier;
 * the classifiers; a `License` in other words. Of a whole licence text in the field, only a first line that may be a name counts.
 */
export function licencesOf(fields: ReadonlyMap<string, readonly string[]>): string[] {
  const expression = fields.get('license-expression')?.[0];
  if (expression) return [expression];
  const words = fields.get('license')?.find((text) => text !== '' && text.toUpperCase() !== 'UNKNOWN');
  if (words !== undefined && EXPRESSION.test(words)) return [words];
  const classified = (fields.get('classifier') ?? []).flatMap(classifiedLicence);
  if (classified.length > 0) return classified;
  return words !== undefined && words.length <= MAX_WORDS ? [words] : [];
}

const MAX_WORDS = 100;
const EXPRESSION = /^[A-Za-z0-9.+-]{1,40}(?: (?:AND|OR|WITH) [A-Za-z0-9.+-]{1,40}){0,8}$/;

/** `License :: OSI Approved :: MIT License`; the heading alone names none. */
function classifiedLicence(classifier: string): string[] {
  const parts = classifier.split(' :: ');
  const last = parts.at(-1) ?? '';
  if (parts[0] !== 'License' || parts.length < 2 || last === 'OSI Approved') return [];
  return [SPDX.get(last) ?? last];
}

/** Classifiers that mean one licence; `BSD License` and many others may mean several. */
const SPDX = new Map([
  ['MIT License', 'MIT'],
  ['MIT No Attribution License (MIT-0)', 'MIT-0'],
  ['Apache Software License', 'Apache-2.0'],
  ['ISC License (ISCL)', 'ISC'],
  ['Mozilla Public License 1.1 (MPL 1.1)', 'MPL-1.1'],
  ['Mozilla Public License 2.0 (MPL 2.0)', 'MPL-2.0'],
  ['GNU General Public License v2 (GPLv2)', 'GPL-2.0-only'],
  ['GNU General Public License v2 or later (GPLv2+)', 'GPL-2.0-or-later'],
  ['GNU General Public License v3 (GPLv3)', 'GPL-3.0-only'],
  ['GNU General Public License v3 or later (GPLv3+)', 'GPL-3.0-or-later'],
  ['GNU Lesser General Public License v2 (LGPLv2)', 'LGPL-2.0-only'],
  ['GNU Lesser General Public License v2 or later (LGPLv2+)', 'LGPL-2.0-or-later'],
  ['GNU Lesser General Public License v3 (LGPLv3)', 'LGPL-3.0-only'],
  ['GNU Lesser General Public License v3 or later (LGPLv3+)', 'LGPL-3.0-or-later'],
  ['GNU Affero General Public License v3', 'AGPL-3.0-only'],
  ['GNU Affero General Public License v3 or later (AGPLv3+)', 'AGPL-3.0-or-later'],
  ['The Unlicense (Unlicense)', 'Unlicense'],
  ['CC0 1.0 Universal (CC0 1.0) Public Domain Dedication', 'CC0-1.0'],
  ['Boost Software License 1.0 (BSL-1.0)', 'BSL-1.0'],
  ['Eclipse Public License 1.0 (EPL-1.0)', 'EPL-1.0'],
  ['Eclipse Public License 2.0 (EPL-2.0)', 'EPL-2.0'],
  ['European Union Public Licence 1.2 (EUPL 1.2)', 'EUPL-1.2'],
  ['Zero-Clause BSD (0BSD)', '0BSD'],
]);
