import { type LicenceCategory, licenceCategories } from '#licences/index.ts';
import type { InstalledPackage } from '#model/index.ts';
import { text, texts } from './text.ts';

export function packageRow(one: InstalledPackage, category: LicenceCategory): unknown {
  const { layer, path } = one.origin;
  return {
    name: text(one.name),
    version: text(one.version),
    type: one.type,
    architecture: text(one.architecture),
    source: one.source && text(one.source.name),
    sourceVersion: one.source && text(one.source.version),
    licences: texts(one.licences),
    c: licenceCategories.indexOf(category),
    maintainer: text(one.vendor ?? one.maintainer),
    purl: text(one.purl),
    path: text(path),
    cataloger: one.cataloger,
    layer: layer?.index,
    part: layer?.part,
    instruction: text(layer?.instruction),
    owner: text(one.ownedBy),
  };
}
