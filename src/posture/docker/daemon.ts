import { basename } from 'node:path';
import type { Evidence, Process } from '../evidence.ts';
import { contentAt } from '../file-at.ts';
import { EvidenceMissing, need } from '../known.ts';
import { type DaemonSettings, mergedSettings, settingsOfArguments, settingsOfFile } from './daemon-options.ts';
import { execStartOf } from './exec-start.ts';

/** The daemon as it runs, or would be started. */
export interface Daemon {
  /** Of its file and its command line together. */
  readonly settings: DaemonSettings;
  /** Path of its `daemon.json`, which need not exist. */
  readonly configFile: string;
  /** 0, or the user that a rootless daemon belongs to. */
  readonly uid: number;
}

/** Throws `EvidenceMissing` where its command line or its file is not known. */
export function daemonOf(evidence: Evidence): Daemon {
  const { words, uid } = commandLineOf(evidence);
  const flags = settingsOfArguments(words.slice(1));
  const configFile = configFileOf(evidence, flags, uid);
  return { settings: mergedSettings(fileSettings(evidence, configFile), flags), configFile, uid };
}

function fileSettings(evidence: Evidence, path: string): DaemonSettings {
  const text = contentAt(evidence, path);
  const settings = text === 'absent' ? new Map() : settingsOfFile(text);
  if (settings === undefined) throw new EvidenceMissing(`${path} is no object of JSON`);
  return settings;
}

interface CommandLine {
  readonly words: readonly string[];
  readonly uid: number;
}

/** The running daemon's own words are what counts; its unit's are what it will be started with. */
function commandLineOf(evidence: Evidence): CommandLine {
  const running = 'known' in evidence.processes ? runningDaemon(evidence, evidence.processes.known) : undefined;
  if (running !== undefined) return { words: running.arguments, uid: running.uid };
  const unit = need(evidence.units).find(({ name }) => name === 'docker.service');
  const words = unit && execStartOf(unit);
  if (words === undefined) throw new EvidenceMissing('no process of dockerd and no docker.service was found');
  const variable = words.find((word) => word.includes('$'));
  if (variable !== undefined)
    throw new EvidenceMissing(`dockerd does not run, and what ${variable} in docker.service stands for is not known`);
  return { words, uid: 0 };
}

/** There may be several: the one that serves the address that was asked. One in a container is somebody else's. */
function runningDaemon({ docker }: Evidence, processes: readonly Process[]): Process | undefined {
  const daemons = processes.filter(({ arguments: [program = ''] }) => basename(program) === 'dockerd');
  const own = daemons.filter(({ isContainer }) => !isContainer);
  const candidates = own.length > 0 ? own : daemons;
  const address = 'known' in docker ? docker.known.address : undefined;
  const serving = candidates.find(
    ({ arguments: words }) => address !== undefined && words.some((word) => word.endsWith(address)),
  );
  return serving ?? candidates[0];
}

function configFileOf({ users }: Evidence, flags: DaemonSettings, uid: number): string {
  const named = flags.get('config-file');
  if (typeof named === 'string') return named;
  if (uid === 0) return '/etc/docker/daemon.json';
  const user = need(users).find((one) => one.uid === uid);
  if (user === undefined) throw new EvidenceMissing(`dockerd runs as user ${uid}, whose home is not known`);
  return `${user.home}/.config/docker/daemon.json`;
}
