import type { Control } from '../control.ts';
import { checks } from './evidence.ts';
import { type MachineFile, modes, owners } from './evidence-proof.ts';

/** Clauses about files of the engine ask for the owner and the mode of one file each. */
interface EngineFile {
  /** Stands in the ids of the two controls, and of their checks. */
  readonly word: string;
  /** As titles begin. */
  readonly name: string;
  readonly mode: string;
  /** What the mode keeps others from. */
  readonly kept: string;
  readonly why: string;
  /** What another owner, or whoever has too many rights, does. */
  readonly attack: string;
  readonly owner?: string;
  readonly anchors: readonly string[];
  readonly proof: MachineFile;
}

const WRITTEN = 'can be written by root only';
const FIXED = 'can be written by nobody';
const UNIT = 'The unit says how the engine is started, as root.';
const SETTINGS = 'The settings in it hold the protections of the engine.';
const TRUST = 'It says which certificates are believed.';
const SOCKET = 'The socket is root on the host to whoever may use it.';
const STARTS = 'Whoever changes it runs commands as root.';
const OFF = 'Whoever changes it switches protections off, or adds an insecure registry.';
const IMPERSONATES = 'Whoever changes it adds an authority, and answers as a registry, the engine or a client.';
const RIGHTS = ['AC-6', 'CM-5'];
const CERTIFICATES = ['CM-5', 'SC-12'];

const engineFiles: readonly EngineFile[] = [
  {
    word: 'service-unit',
    name: 'The service unit of the engine',
    mode: '644',
    kept: WRITTEN,
    why: UNIT,
    attack: STARTS,
    anchors: RIGHTS,
    proof: { path: '/usr/lib/systemd/system/docker.service', type: 'unit', mode: '0644' },
  },
  {
    word: 'socket-unit',
    name: 'The socket unit of the engine',
    mode: '644',
    kept: WRITTEN,
    why: UNIT,
    attack: STARTS,
    anchors: RIGHTS,
    proof: { path: '/usr/lib/systemd/system/docker.socket', type: 'unit', mode: '0640' },
  },
  {
    word: 'configuration-directory',
    name: 'The directory of the engine’s configuration',
    mode: '755',
    kept: WRITTEN,
    why: SETTINGS,
    attack: OFF,
    anchors: RIGHTS,
    proof: { path: '/etc/docker', type: 'directory', mode: '0755' },
  },
  {
    word: 'registry-certificates',
    name: 'Certificates of registries',
    mode: '444',
    kept: FIXED,
    why: TRUST,
    attack: IMPERSONATES,
    anchors: CERTIFICATES,
    proof: { path: '/etc/docker/certs.d/registry.example.net/ca.crt', mode: '0444' },
  },
  {
    word: 'authority-certificate',
    name: 'The certificate of the engine’s authority',
    mode: '444',
    kept: FIXED,
    why: TRUST,
    attack: IMPERSONATES,
    anchors: CERTIFICATES,
    proof: { path: '/etc/docker/tls/ca.pem', mode: '0444', option: 'tlscacert' },
  },
  {
    word: 'server-certificate',
    name: 'The certificate of the engine',
    mode: '444',
    kept: FIXED,
    why: TRUST,
    attack: IMPERSONATES,
    anchors: CERTIFICATES,
    proof: { path: '/etc/docker/tls/server.pem', mode: '0440', option: 'tlscert' },
  },
  {
    word: 'server-key',
    name: 'The private key of the engine',
    mode: '400',
    kept: 'can be read by root only',
    why: 'The key is the identity of the engine.',
    attack: 'Whoever reads it answers as the engine.',
    anchors: ['AC-6', 'SC-12'],
    proof: { path: '/etc/docker/tls/server-key.pem', mode: '0400', option: 'tlskey' },
  },
  {
    word: 'docker-socket',
    name: 'The socket of the engine',
    mode: '660',
    kept: 'is closed to others',
    why: SOCKET,
    attack: 'Whoever may write to it controls all containers and is root.',
    owner: 'root:docker',
    anchors: ['AC-3', 'AC-6'],
    proof: { path: '/run/docker.sock', type: 'socket', mode: '0660' },
  },
  {
    word: 'configuration-file',
    name: 'The configuration file of the engine',
    mode: '644',
    kept: WRITTEN,
    why: SETTINGS,
    attack: OFF,
    anchors: RIGHTS,
    proof: { path: '/etc/docker/daemon.json', mode: '0600' },
  },
  {
    word: 'default-file',
    name: '/etc/default/docker',
    mode: '644',
    kept: WRITTEN,
    why: SETTINGS,
    attack: OFF,
    anchors: RIGHTS,
    proof: { path: '/etc/default/docker', mode: '0644' },
  },
  {
    word: 'sysconfig-file',
    name: '/etc/sysconfig/docker',
    mode: '644',
    kept: WRITTEN,
    why: SETTINGS,
    attack: OFF,
    anchors: RIGHTS,
    proof: { path: '/etc/sysconfig/docker', mode: '0640' },
  },
  {
    word: 'containerd-socket',
    name: 'The socket of containerd',
    mode: '660',
    kept: 'is closed to others',
    why: SOCKET,
    attack: 'Whoever may write to it starts containers past the engine and is root.',
    anchors: ['AC-3', 'AC-6'],
    proof: { path: '/run/containerd/containerd.sock', type: 'socket', mode: '0600' },
  },
];

function ownerControl({ word, name, why, attack, owner = 'root:root', anchors, proof }: EngineFile): Control {
  return {
    id: `PLM-RUNTIME-FILES-${word.toUpperCase()}-OWNER`,
    family: 'runtime',
    title: `${sentence(name)} ${name.startsWith('Certificates') ? 'belong' : 'belongs'} to root`,
    anchors,
    why,
    attack,
    remedy: `Give it to ${owner}: \`chown ${owner} ${proof.path}\`.`,
    evidence: [checks(`docker-host-${word}-owner`)],
    proofs: [owners(proof)],
  };
}

function modeControl({ word, name, mode, kept, why, attack, anchors, proof }: EngineFile): Control {
  return {
    id: `PLM-RUNTIME-FILES-${word.toUpperCase()}-MODE`,
    family: 'runtime',
    title: `${sentence(name)} ${kept}`,
    anchors,
    why,
    attack,
    remedy: `Set the mode ${mode} or tighter: \`chmod ${mode} ${proof.path}\`.`,
    evidence: [checks(`docker-host-${word}-mode`)],
    proofs: [modes(proof)],
  };
}

/** A title does not begin with a path. */
function sentence(name: string): string {
  return name.startsWith('/') ? `The file ${name}` : name;
}

export const runtimeFilesControls: readonly Control[] = engineFiles.flatMap((file) => [
  ownerControl(file),
  modeControl(file),
]);
