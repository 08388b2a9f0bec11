import type { Known } from './known.ts';

/**
 * What was seen of one machine at one time: all that checks of hosts and engines ask about, so that they are pure and a machine can be
 * judged on another one. In JSON each part is a member; a part that could not be collected is absent and stands in `missing` with its
 * reason. The form is described by `docs/reference/evidence.schema.json`.
 */
export interface Evidence {
  readonly schema: 'plimsoll.evidence.v1';
  /** ISO 8601. Checks have no clock: this is their today. */
  readonly collectedAt: string;
  /** Name of the machine. */
  readonly hostname: string;
  readonly kernel: Known<Kernel>;
  /** Members of /etc/os-release by their names: `ID`, `VERSION_ID`. */
  readonly osRelease: Known<ReadonlyMap<string, string>>;
  /** By name with dots: `net.ipv4.ip_forward`. Those of the list that is collected only. */
  readonly sysctls: Known<ReadonlyMap<string, string>>;
  readonly mounts: Known<readonly Mount[]>;
  readonly users: Known<readonly User[]>;
  readonly groups: Known<readonly Group[]>;
  /** In the order in which augenrules loads them. */
  readonly auditRules: Known<readonly AuditRule[]>;
  readonly processes: Known<readonly Process[]>;
  readonly listeners: Known<readonly Listener[]>;
  /** Units of systemd that were asked for, as files: systemd itself is not asked. */
  readonly units: Known<readonly Unit[]>;
  /** Files and directories that were asked for, by path. Ask through `fileAt`. */
  readonly files: ReadonlyMap<string, FileFact>;
  readonly systemTree: Known<SystemTree>;
  readonly packageFiles: Known<PackageFiles>;
  readonly docker: Known<Engine>;
  /** Over its interface that is compatible with Docker's. */
  readonly podman: Known<Engine>;
}

/** What `uname` says. */
export interface Kernel {
  /** `6.12.48+deb13-amd64`. */
  readonly release: string;
  readonly version: string;
  /** `x86_64`. */
  readonly machine: string;
}

/** A line of mountinfo. */
export interface Mount {
  readonly target: string;
  /** The directory of the file system that is mounted, mostly `/`. */
  readonly root: string;
  /** Of the file system: `ext4`. */
  readonly type: string;
  readonly source: string;
  /** `ro`, `nodev`, …: of the mount and of its file system. */
  readonly options: readonly string[];
}

export interface User {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
  readonly shell: string;
  /** Whether there is one; the hash itself is never collected. Absent where /etc/shadow could not be read. */
  readonly password?: 'set' | 'locked' | 'empty';
}

export interface Group {
  readonly name: string;
  readonly gid: number;
  /** Besides the users whose own group it is. */
  readonly members: readonly string[];
}

export interface AuditRule {
  readonly file: string;
  readonly line: number;
  /** `-w /etc/docker -p wa -k docker`. */
  readonly text: string;
}

export interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly uid: number;
  /** As the kernel calls it, 15 characters at most. */
  readonly name: string;
  /** All words of engines and runtimes, secrets taken out; of other programs the first word only. */
  readonly arguments: readonly string[];
  readonly isContainer: boolean;
  /** Id of the container, where its control group says so. */
  readonly container?: string;
  /** Threads of the kernel have no program. */
  readonly isKernel: boolean;
}

/** A socket that waits for others to connect, or a UDP socket that is bound. */
export interface Listener {
  readonly protocol: 'tcp' | 'udp';
  /** `0.0.0.0`, `::`, `127.0.0.1`. */
  readonly address: string;
  readonly port: number;
  readonly uid: number;
  /** Absent where no process that may be looked at has it. */
  readonly pid?: number;
  readonly program?: string;
}

export interface Unit {
  /** `docker.service`. */
  readonly name: string;
  readonly path: string;
  /** Secrets taken out. */
  readonly text: string;
  /** In the order in which systemd applies them. */
  readonly dropIns: readonly { readonly path: string; readonly text: string }[];
}

/** A path that was looked at. Links are followed to see what is there; `link` says that the path is one. */
export type FileFact = FileState | { readonly path: string; readonly type: 'absent' } | UnreadFile;

export interface FileState {
  readonly path: string;
  readonly type: 'file' | 'directory' | 'socket' | 'other';
  /** Permission bits with setuid, setgid and sticky, in octal: `0644`. */
  readonly mode: string;
  readonly uid: number;
  readonly gid: number;
  /** Absent where the number has no name. */
  readonly owner?: string;
  readonly group?: string;
  /** Where the path is a link: what it leads to in the end. */
  readonly link?: string;
  /** Of small files of configuration that are on a list; secrets taken out. */
  readonly content?: string;
}

export interface UnreadFile {
  readonly path: string;
  readonly type: 'unread';
  readonly reason: string;
}

/** What a walk over the system's directories (`/etc`, `/usr`, `/opt`, `/boot`) found; the first 200 of each. */
export interface SystemTree {
  /** How many files and directories were looked at. */
  readonly looked: number;
  /** Files that everybody may write to, and directories without the sticky bit. */
  readonly writable: readonly string[];
  /** Whose owner is no user of the machine. */
  readonly unowned: readonly string[];
  /** Why not all of it was looked at. */
  readonly incomplete?: string;
}

/** Programs, libraries and settings, compared with the checksums of the packages that they came in. */
export interface PackageFiles {
  readonly compared: number;
  /** The first 200. */
  readonly changed: readonly ChangedFile[];
  /** Why not all of them were compared. */
  readonly incomplete?: string;
}

export interface ChangedFile {
  readonly path: string;
  readonly package: string;
}

/** What an engine says over its interface: its own JSON, cut down to what checks ask and without values that may be secret. */
export interface Engine {
  /** Of its socket: `unix:///run/docker.sock`. */
  readonly address: string;
  /** `GET /info`. */
  readonly info: Known<unknown>;
  /** `GET /version`. */
  readonly version: Known<unknown>;
  /** `GET /containers/{id}/json` of each, also of those that have ended. */
  readonly containers: Known<readonly unknown[]>;
  /** `GET /images/json`. */
  readonly images: Known<readonly unknown[]>;
  /** `GET /networks`. */
  readonly networks: Known<readonly unknown[]>;
  /** What only a manager of a swarm is told; missing on others. */
  readonly swarm: Known<Swarm>;
}

export interface Swarm {
  /** `GET /swarm`, without its tokens. */
  readonly cluster: unknown;
  /** `GET /nodes`. */
  readonly nodes: readonly unknown[];
  /** `GET /services`. */
  readonly services: readonly unknown[];
}
