import type { InputFile } from '../../cataloger.ts';
import { optional } from '../../optional.ts';
import { type PackageRecord, type ParsedRecords, RecordCollector } from '../records.ts';

/** WordPress itself looks no further for the header of a plugin or theme. */
const HEADER_BYTES = 8192;

const CORE = /(?:^|\/)wp-includes\/version\.php$/;
/** Main files lie at the top of a plugin's directory; a plugin may also be one file. */
const PLUGIN = /(?:^|\/)wp-content\/(?:mu-)?plugins\/(?:([^/]+)\/[^/]+|([^/]+))\.php$/;
const THEME = /(?:^|\/)wp-content\/themes\/([^/]+)\/style\.css$/;

export function parseWordpress(file: InputFile): ParsedRecords {
  const records = new RecordCollector(file, 'wordpress', 'WordPress installation');
  const record = coreOf(file) ?? pluginOf(file) ?? themeOf(file);
  if (record !== undefined) records.add(record);
  return records.result();
}

function coreOf(file: InputFile): PackageRecord | undefined {
  if (!CORE.test(file.path)) return undefined;
  const [, version] = /^\$wp_version\s{0,20}=\s{0,20}['"]([^'"\n]{1,60})['"]/m.exec(headOf(file)) ?? [];
  return version === undefined ? undefined : { name: 'wordpress', version, licences: ['GPL-2.0-or-later'] };
}

function pluginOf(file: InputFile): PackageRecord | undefined {
  const [, directory, alone] = PLUGIN.exec(file.path) ?? [];
  const slug = directory ?? alone;
  const head = slug === undefined ? '' : headOf(file);
  return slug !== undefined && fieldOf(head, 'Plugin Name') ? described(`plugins/${slug}`, head) : undefined;
}

function themeOf(file: InputFile): PackageRecord | undefined {
  const [, slug] = THEME.exec(file.path) ?? [];
  const head = slug === undefined ? '' : headOf(file);
  return slug !== undefined && fieldOf(head, 'Theme Name') ? described(`themes/${slug}`, head) : undefined;
}

function described(name: string, head: string): PackageRecord {
  const licence = fieldOf(head, 'License');
  return {
    name,
    version: fieldOf(head, 'Version') ?? '',
    ...(licence ? { licences: [licence] } : {}),
    ...optional('maintainer', fieldOf(head, 'Author')),
  };
}

/** A line of the comment at the start: ` * Version:  2.4.1`. */
function fieldOf(head: string, name: string): string | undefined {
  const found = new RegExp(`^(?:[ \\t]{0,40}(?:<\\?php[ \\t])?)?[ \\t/*#@]{0,40}${name}:(.{0,300})$`, 'im').exec(head);
  return found?.[1]?.replace(/\s*(?:\*\/|\?>).*/, '').trim() || undefined;
}

function headOf(file: InputFile): string {
  return Buffer.from(file.slice(0, HEADER_BYTES)).toString('utf8').replaceAll('\r', '\n');
}
