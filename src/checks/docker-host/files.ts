import { daemonOf, type Evidence, EvidenceMissing, type FileState, fileAt, modeOf, need } from '#posture/index.ts';
import type { EvidenceAnswer, EvidenceFound } from '../evidence-check.ts';
import { type DockerHostCheck, dockerHostCheck } from './docker-host-check.ts';
import { daemonParts, machine } from './examples.ts';
import { type GuardedFile, guardedFiles } from './file-table.ts';

const references = ['https://docs.docker.com/engine/security/protect-access/'];

function ownerCheck(file: GuardedFile): DockerHostCheck {
  return dockerHostCheck({
    id: `docker-host-${file.word}-owner`,
    cis: file.cis[0],
    title: `${file.name} belongs to somebody else than root`,
    severity: 'high',
    rationale: `${file.danger} The owner of a file can always change it.`,
    remediation: `Give it to root: \`chown root:${file.group ?? 'root'} ${file.example.path}\`.`,
    controls: file.controls,
    references,
    pass: [fileExample(file, {})],
    fail: [fileExample(file, { uid: 1000, owner: 'clerk' }), fileExample(file, { gid: 1000, group: 'clerks' })],
    find: (evidence) => ofEach(evidence, file, (state) => ownerFault(evidence, file, state)),
  });
}

function modeCheck(file: GuardedFile): DockerHostCheck {
  const allowed = octal(file.mode);
  return dockerHostCheck({
    id: `docker-host-${file.word}-mode`,
    cis: file.cis[1],
    title: `${file.name} has more permissions than ${allowed.slice(1)}`,
    severity: 'high',
    rationale: file.danger,
    remediation: `Take the rest away: \`chmod ${allowed} ${file.example.path}\`.`,
    controls: file.controls,
    references,
    pass: [fileExample(file, { mode: allowed }), fileExample(file, { mode: octal(file.mode & 0o500) })],
    // 0622 is the smaller number and the larger right.
    fail: [fileExample(file, { mode: '0622' }), fileExample(file, { mode: '0777' })],
    find: (evidence) => ofEach(evidence, file, (state) => modeFault(file, state)),
  });
}

function fileExample({ example, group }: GuardedFile, more: object): string {
  const { path, type = 'file', options = [], unit } = example;
  const parts = daemonParts({}, options);
  const own = { path, type, mode: '0400', uid: 0, gid: 0, owner: 'root', group: 'root', ...more };
  const files =
    'files' in parts && Array.isArray(parts.files) ? parts.files.filter(({ path: one }) => one !== path) : [];
  const daemonFile = path === '/etc/docker/daemon.json' ? { content: '{}' } : {};
  return machine({
    ...parts,
    files: [...files, ...absentOthers(path), { ...own, ...daemonFile }],
    ...(unit !== undefined && { units: [{ name: unit, path, text: '[Unit]' }] }),
    ...(group !== undefined && { groups: [{ name: 'docker', gid: 101 }] }),
  });
}

/** What the table looks at beside the file of an example. */
function absentOthers(path: string): object[] {
  if (!path.includes('containerd')) return [];
  return [{ path: '/run/docker/containerd/containerd.sock', type: 'absent' }];
}

/** Says of each file what is wrong with it. What could not be looked at is told last, so that it hides no fault. */
function* ofEachFile(
  evidence: Evidence,
  paths: readonly string[],
  fault: (state: FileState) => EvidenceFound | undefined,
): Iterable<EvidenceFound> {
  const unread: string[] = [];
  for (const path of paths) {
    const state = stateOf(evidence, path);
    const found = typeof state === 'string' || state === undefined ? undefined : fault(state);
    if (typeof state === 'string') unread.push(state);
    if (found !== undefined) yield { ...found, resource: { kind: 'file', name: path } };
  }
  if (unread[0] !== undefined) throw new EvidenceMissing(unread[0]);
}

/** The reason where it could not be looked at; undefined where there is nothing. */
function stateOf(evidence: Evidence, path: string): FileState | string | undefined {
  try {
    const state = fileAt(evidence, path);
    return state === 'absent' ? undefined : state;
  } catch (error) {
    if (error instanceof EvidenceMissing) return error.message;
    throw error;
  }
}

function ofEach(
  evidence: Evidence,
  file: GuardedFile,
  fault: (state: FileState) => EvidenceFound | undefined,
): EvidenceAnswer {
  const paths = [...new Set(file.paths(evidence))];
  const there = paths.filter((path) => evidence.files.get(path)?.type !== 'absent');
  if (there.length === 0) return { notApplicable: `${file.name} is not there` };
  return ofEachFile(evidence, there, fault);
}

function ownerFault(evidence: Evidence, file: GuardedFile, state: FileState): EvidenceFound | undefined {
  const daemonUser = userOfDaemon(evidence);
  const isOwnerGood = state.uid === 0 || state.uid === daemonUser;
  if (isOwnerGood && isGroupGood(evidence, file, state, daemonUser)) return undefined;
  const wanted = `root:${file.group ?? 'root'}`;
  const owner = `${state.owner ?? state.uid}:${state.group ?? state.gid}`;
  return { message: `${state.path} belongs to ${owner}`, remediation: `Run \`chown ${wanted} ${state.path}\`.` };
}

/** Files of a rootless daemon are its user's. */
function userOfDaemon(evidence: Evidence): number {
  try {
    return daemonOf(evidence).uid;
  } catch (error) {
    if (error instanceof EvidenceMissing) return 0;
    throw error;
  }
}

function isGroupGood(evidence: Evidence, file: GuardedFile, { gid }: FileState, daemonUser: number): boolean {
  if (gid === 0) return true;
  if (daemonUser !== 0) return need(evidence.users).some((user) => user.uid === daemonUser && user.gid === gid);
  if (file.group === undefined) return false;
  const chosen = daemonOf(evidence).settings.get('group') ?? file.group;
  return need(evidence.groups).some((group) => group.name === chosen && group.gid === gid);
}

function modeFault({ mode: allowed }: GuardedFile, state: FileState): EvidenceFound | undefined {
  const mode = modeOf(state);
  // Neither setuid nor sticky is a right of others to read or write: a directory may have them.
  const excess = mode & 0o777 & ~allowed;
  if (excess === 0) return undefined;
  return {
    message: `${state.path} has the mode ${state.mode}, with ${octal(excess)} beyond ${octal(allowed)}`,
    remediation: `Run \`chmod ${octal(mode & allowed)} ${state.path}\`.`,
  };
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}

export const fileChecks = guardedFiles.flatMap((file) => [ownerCheck(file), modeCheck(file)]);
