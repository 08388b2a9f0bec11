import { memberOf } from '#foundation/documents/index.ts';
import type { YamlDocument } from '#manifests/index.ts';
import { ComposeService } from './service.ts';
import { Setting } from './setting.ts';

/** A Compose file: https://github.com/compose-spec/compose-spec/blob/main/spec.md */
export interface ComposeFile {
  readonly text: string;
  readonly root: Setting;
  readonly services: readonly ComposeService[];
  /** What belongs to it and lies elsewhere, in sentences for a reader. */
  readonly notAssessed: readonly string[];
}

const MAX_SERVICES = 2000;
const MAX_BASES = 10;

/** Top-level names of the format; every file that it is has some of the first. */
const MEMBERS = new Set([
  'services',
  'version',
  'name',
  'networks',
  'volumes',
  'secrets',
  'configs',
  'include',
  'models',
]);

/** Whether a document is a Compose file by what is in it: nothing but the format's own members, `services` a mapping of mappings. */
export function isCompose(value: unknown): boolean {
  const services = memberOf(value, 'services');
  if (typeof services !== 'object' || services === null || Array.isArray(services)) return false;
  const isService = (one: unknown) => typeof one === 'object' && !Array.isArray(one);
  const names = Object.keys(value ?? {});
  return (
    names.every((name) => MEMBERS.has(name) || name.startsWith('x-')) &&
    Object.values(services).every(isService) &&
    Object.values(services).some(hasServiceMember)
  );
}

const SERVICE_MEMBERS = [
  'image',
  'build',
  'extends',
  'ports',
  'environment',
  'volumes',
  'command',
  'deploy',
  'provider',
];

function hasServiceMember(service: unknown): boolean {
  return SERVICE_MEMBERS.some((name) => memberOf(service, name) !== undefined);
}

export function composeFileOf(document: YamlDocument): ComposeFile {
  const root = new Setting(document, [], document.value);
  const settings = new Map((root.at('services')?.members() ?? []).map((one) => [one.name, one]));
  const kept = [...settings.values()].slice(0, MAX_SERVICES);
  const built = kept.map((setting) => serviceOf(setting, settings));
  return {
    text: document.text,
    root,
    services: built.map(({ service }) => service),
    notAssessed: [
      ...built.flatMap(({ elsewhere }) => elsewhere ?? []),
      ...remoteIncludes(root),
      ...(settings.size > MAX_SERVICES
        ? [`only the first ${MAX_SERVICES} of ${settings.size} services are checked`]
        : []),
    ],
  };
}

function serviceOf(setting: Setting, all: ReadonlyMap<string, Setting>) {
  const bases: Setting[] = [];
  for (let current: Setting = setting; bases.length < MAX_BASES; ) {
    const base = current.at('extends');
    if (base === undefined) break;
    const file = base.at('file')?.text;
    const name = base.at('service')?.text ?? base.text;
    if (file !== undefined) {
      const elsewhere = `the service ${setting.name} extends one of ${file}: what it lacks here may be there`;
      return { service: new ComposeService(setting, bases, true), elsewhere };
    }
    const next = all.get(name);
    if (next === undefined || next === setting || bases.includes(next)) break;
    bases.push(next);
    current = next;
  }
  return { service: new ComposeService(setting, bases, false) };
}

/** Files of the same directory are found by themselves. */
function remoteIncludes(root: Setting): string[] {
  const paths = (root.at('include')?.items() ?? []).flatMap((one) => [
    ...(one.at('path')?.items() ?? []).map(({ text }) => text),
    one.text,
  ]);
  return paths
    .filter((path) => /^(?:oci|https?|git|ssh):|^git@/.test(path))
    .map((path) => `${path} is included and was not fetched`);
}
