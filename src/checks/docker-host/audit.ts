import { asText, memberOf } from '#foundation/documents/index.ts';
import { type AuditRule, type Evidence, fileAt, need } from '#posture/index.ts';
import type { EvidenceAnswer } from '../evidence-check.ts';
import { type DockerHostCheck, dockerHostCheck } from './docker-host-check.ts';
import { fileFact, machine } from './examples.ts';

/** Something of the engine whose use or change is to be recorded. */
interface Watched {
  /** What stands in the id: `docker-host-audit-dockerd`. */
  readonly word: string;
  readonly cis: string;
  /** As auditctl knows permissions: programs are executed, files and sockets written. */
  readonly permission: 'x' | 'w';
  /** Where it may be: the first is the usual place. */
  readonly paths: readonly string[];
  readonly unit?: string;
}

function program(word: string, cis: string): Watched {
  const paths = ['/usr/bin', '/usr/sbin', '/usr/local/bin'].map((directory) => `${directory}/${word}`);
  return { word, cis, permission: 'x', paths };
}

function path(word: string, cis: string, ...paths: string[]): Watched {
  return { word, cis, permission: 'w', paths };
}

const watched: readonly Watched[] = [
  program('dockerd', '1.1.3'),
  path('run-containerd', '1.1.4', '/run/containerd'),
  path('data-directory', '1.1.5', '/var/lib/docker'),
  path('configuration-directory', '1.1.6', '/etc/docker'),
  { ...path('service-unit', '1.1.7', '/usr/lib/systemd/system/docker.service'), unit: 'docker.service' },
  path('containerd-socket', '1.1.8', '/run/containerd/containerd.sock'),
  { ...path('socket-unit', '1.1.9', '/usr/lib/systemd/system/docker.socket'), unit: 'docker.socket' },
  path('default-file', '1.1.10', '/etc/default/docker'),
  path('daemon-json', '1.1.11', '/etc/docker/daemon.json'),
  path('containerd-configuration', '1.1.12', '/etc/containerd/config.toml'),
  path('sysconfig-file', '1.1.13', '/etc/sysconfig/docker'),
  program('containerd', '1.1.14'),
  program('containerd-shim', '1.1.15'),
  program('containerd-shim-runc-v1', '1.1.16'),
  program('containerd-shim-runc-v2', '1.1.17'),
  program('runc', '1.1.18'),
];

function auditCheck(one: Watched): DockerHostCheck {
  const [usual = ''] = one.paths;
  const rule = `-w ${usual} -p ${one.permission === 'x' ? 'x' : 'wa'} -k docker`;
  return dockerHostCheck({
    id: `docker-host-audit-${one.word}`,
    cis: one.cis,
    title: one.permission === 'x' ? `Nothing records who runs ${one.word}` : `Nothing records changes of ${usual}`,
    severity: 'low',
    rationale:
      'Who works on the machine past the engine, or changes how it is started, leaves no trace that can be followed.',
    remediation: `Write \`${rule}\` into \`/etc/audit/rules.d/docker.rules\` and run \`augenrules --load\`.`,
    controls: ['AU-2', 'AU-12'],
    references: ['https://man7.org/linux/man-pages/man7/audit.rules.7.html'],
    pass: [auditExample(one, rule), auditExample(one, `-a always,exit -F path=${usual} -F perm=rwxa -k docker`)],
    fail: [
      auditExample(one),
      auditExample(one, rule.replace('-w ', '-w /other')),
      auditExample(one, `-w ${usual} -p r`),
    ],
    find: (evidence) => find(one, evidence),
  });
}

function auditExample({ paths, unit }: Watched, ...rules: string[]): string {
  const [usual = '', ...others] = paths;
  return machine({
    auditRules: rules.map((text, index) => ({ file: '/etc/audit/rules.d/docker.rules', line: index + 1, text })),
    files: [fileFact(usual), ...others.map((other) => ({ path: other, type: 'absent' }))],
    units: unit === undefined ? [] : [{ name: unit, path: usual, text: '[Unit]' }],
    docker: { address: 'unix:///run/docker.sock', info: { DockerRootDir: '/var/lib/docker' } },
  });
}

function find(one: Watched, evidence: Evidence): EvidenceAnswer {
  const places = placesOf(one, evidence);
  if (places.size === 0) return { notApplicable: `${one.paths[0] ?? one.word} is not there` };
  const watches = need(evidence.auditRules).flatMap((rule) => watchOf(rule) ?? []);
  return [...places]
    .filter(([, names]) => !watches.some((watch) => names.some((name) => covers(watch, name, one.permission))))
    .map(([place]) => ({
      message: `no audit rule records ${one.permission === 'x' ? 'runs' : 'changes'} of ${place}`,
      remediation: `Write \`-w ${place} -p ${one.permission === 'x' ? 'x' : 'wa'} -k docker\` into \`/etc/audit/rules.d/docker.rules\` and run \`augenrules --load\`.`,
      resource: { kind: 'file', name: place },
    }));
}

/** What is really there, by where it lies in the end, each with all of its names: the kernel watches the file and not its name. */
function placesOf(one: Watched, evidence: Evidence): Map<string, string[]> {
  const places = new Map<string, string[]>();
  for (const name of candidates(one, evidence)) {
    const state = fileAt(evidence, name);
    if (state === 'absent') continue;
    const place = state.link ?? name;
    places.set(place, [...(places.get(place) ?? [place]), name]);
  }
  return places;
}

function candidates({ word, paths, unit }: Watched, evidence: Evidence): readonly string[] {
  if (unit !== undefined) return need(evidence.units).flatMap((found) => (found.name === unit ? [found.path] : []));
  if (word === 'data-directory') return [dataDirectory(evidence) ?? paths[0] ?? ''];
  return paths;
}

function dataDirectory({ docker, files }: Evidence): string | undefined {
  if ('missing' in docker || 'missing' in docker.known.info) return undefined;
  const directory = asText(memberOf(docker.known.info.known, 'DockerRootDir'));
  return directory !== undefined && files.has(directory) ? directory : undefined;
}

/** What a rule records. */
interface Watch {
  readonly path: string;
  /** All of them where the rule names none. */
  readonly permissions: string;
  /** Also what is below it. */
  readonly isTree: boolean;
}

/** `-w PATH -p PERMISSIONS`, or `-a always,exit -F path=PATH|dir=PATH -F perm=PERMISSIONS`; undefined for rules that record nothing of a path. */
function watchOf({ text }: AuditRule): Watch | undefined {
  const words = text.slice(0, 4096).split(/\s+/);
  const after = (word: string) => words[words.indexOf(word) + 1];
  if (words[0] === '-w') {
    const permissions = words.includes('-p') ? (after('-p') ?? '') : 'rwxa';
    return { path: trimmed(words[1] ?? ''), permissions, isTree: true };
  }
  if (words[0] !== '-a' && words[0] !== '-A') return undefined;
  if (!/^(?:always,exit|exit,always)$/.test(words[1] ?? '')) return undefined;
  const fields = new Map(words.flatMap((word) => fieldOf(word)));
  const directory = fields.get('dir');
  const place = directory ?? fields.get('path');
  if (place === undefined) return undefined;
  return { path: trimmed(place), permissions: fields.get('perm') ?? 'rwxa', isTree: directory !== undefined };
}

function fieldOf(word: string): [string, string][] {
  const field = /^(path|dir|perm)=(.{1,4000})$/.exec(word);
  return field ? [[field[1] ?? '', field[2] ?? '']] : [];
}

function trimmed(place: string): string {
  return place.length > 1 ? place.replace(/\/$/, '') : place;
}

function covers({ path: place, permissions, isTree }: Watch, name: string, permission: string): boolean {
  const isBelow = isTree && name.startsWith(place === '/' ? '/' : `${place}/`);
  return (place === name || isBelow) && permissions.includes(permission);
}

export const auditChecks = watched.map(auditCheck);
