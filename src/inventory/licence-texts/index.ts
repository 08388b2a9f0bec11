import type { InputFile, PathPattern, Reader } from '#artifact/index.ts';
import { asBuffer } from '#foundation/index.ts';
import { licenceOfText } from '#licences/index.ts';
import { type InstalledPackage, isSystemPackage } from '#model/index.ts';
import type { VisibleFragment } from '../cataloger.ts';

/** Only the beginning is looked at, so size does not matter. */
const maxBytes = 1024 ** 3;
const READ_BYTES = 256 * 1024;
const NAMES = ['LICENSE', 'LICENCE', 'License', 'Licence', 'license', 'licence', 'COPYING', 'UNLICENSE'];

/** Tells licences by the texts that lie beside packages, for those whose records do not name one. */
export const licenceTextReader: Reader<string> = {
  id: 'licence-text',
  revision: 1,
  files: NAMES.map((prefix): PathPattern => ({ kind: 'prefix', prefix, maxBytes })),
  read(file: InputFile) {
    const licence = isCode(file.path) ? undefined : licenceOfText(asBuffer(file.slice(0, READ_BYTES)).toString('utf8'));
    return licence === undefined ? { problems: [] } : { fragment: licence, problems: [] };
  },
};

/** `license.js` and the like are programs about licences. */
function isCode(path: string): boolean {
  return /\.(?:[cm]?[jt]sx?|json|map|py[co]?|rb|go|java|php|rs|c|h|html?|xml|ya?ml|png|svg|so|css)$/i.test(path);
}

/** Fills in the licences of packages without any, from texts in the directory of their record or its `licenses` directory. */
export function withTextLicences(
  packages: readonly InstalledPackage[],
  texts: readonly VisibleFragment<string>[],
): InstalledPackage[] {
  const byDirectory = new Map<string, Set<string>>();
  for (const { path, fragment } of texts) {
    const directory = directoryOf(path);
    const known = byDirectory.get(directory);
    if (known) known.add(fragment);
    else byDirectory.set(directory, new Set([fragment]));
  }
  return packages.map((one) => {
    const found = needsLicence(one) ? placesOf(one).flatMap((place) => [...(byDirectory.get(place) ?? [])]) : [];
    return found.length === 0 ? one : { ...one, licences: [...new Set(found)].sort() };
  });
}

/** The records of system packages lie in one directory together; texts there would belong to all of them. */
function needsLicence({ type, licences, evidence, origin }: InstalledPackage): boolean {
  return licences.length === 0 && evidence === 'installed' && !isSystemPackage(type) && !origin.path.includes('!/');
}

function placesOf({ origin, type, name }: InstalledPackage): string[] {
  const directory = directoryOf(origin.path);
  // vendor/modules.txt lists modules that lie beside it.
  return type === 'golang' ? [`${directory}/${name}`] : [directory, `${directory}/licenses`];
}

function directoryOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
