import { linesOf } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { optional } from '../../optional.ts';
import type { ParsedPart, RecordPart } from '../package-directories.ts';
import { fileName } from '../places.ts';

/** `…/flatpak/app/<id>/<architecture>/<branch>/<commit>`. */
const DEPLOYMENT = /(?:^|\/)flatpak\/(app|runtime)\/([^/]+)\/([^/]+)\/([^/]+)\/([0-9a-f]{64})(?=\/)/;

/** The directory of a deployment, for all files in it. */
export function deploymentOf(path: string): string {
  const found = DEPLOYMENT.exec(path);
  return found === null ? path : path.slice(0, found.index + found[0].length);
}

/** `metadata` names what is deployed; the version of an application stands in what it tells software centres. */
export function parseDeployment(file: InputFile): ParsedPart {
  const [found, kind, id, architecture, branch = ''] = DEPLOYMENT.exec(file.path) ?? [];
  if (found === undefined || id === undefined) return { problems: [] };
  const rest = file.path.slice(deploymentOf(file.path).length + 1);
  if (rest === 'metadata') {
    const name = nameIn(file.text()) ?? id;
    const version = kind === 'runtime' ? optional('version', branch) : {};
    return {
      part: { name, ...optional('architecture', architecture), ...version, qualifiers: { branch } },
      problems: [],
    };
  }
  const isOwn = /^files\/share\/(?:metainfo|appdata)\/[^/]+$/.test(rest) && fileName(rest).startsWith(`${id}.`);
  return isOwn ? { part: fromMetainfo(file.text()), problems: [] } : { problems: [] };
}

/** The key `name` of the group `[Application]` or `[Runtime]`. */
function nameIn(text: string): string | undefined {
  let isMain = false;
  for (const line of linesOf(text)) {
    if (line.startsWith('[')) isMain = line === '[Application]' || line === '[Runtime]';
    else if (isMain && line.startsWith('name=')) return line.slice(5, 300).trim();
  }
  return undefined;
}

/** AppStream: the newest release comes first. */
function fromMetainfo(text: string): RecordPart {
  const [, release = ''] = /<release\s([^>]{1,500})>/.exec(text) ?? [];
  const [, double, single] = /\bversion\s?=\s?(?:"([^"]{1,100})"|'([^']{1,100})')/.exec(release) ?? [];
  const [, licence] = /<project_license>\s{0,20}([^<]{1,200})</.exec(text) ?? [];
  return { ...optional('version', double ?? single), ...(licence ? { licences: [licence.trim()] } : {}) };
}
