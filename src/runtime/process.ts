import type { Container } from './container.ts';
import type { Descriptor } from './descriptor.ts';

/** A process as the tree knows it. The object lives as long as the process and is changed by exec, so that children keep their link. */
export interface Process {
  readonly pid: number;
  readonly parentPid: number;
  /** `undefined` for the first process, and for one whose parent was never seen. */
  readonly parent: Process | undefined;
  readonly name: string;
  /** First argument as it was called: `proc.exe`. */
  readonly exe: string;
  /** Resolved path, inside the container's root. */
  readonly exePath: string;
  /** Arguments after the first. */
  readonly args: readonly string[];
  readonly argsCut: boolean;
  /** Arguments with blanks between them: `proc.args`, and with the name before them: `proc.cmdline`. */
  readonly argsText: string;
  readonly commandLine: string;
  /** First argument and the rest: `proc.exeline`. */
  readonly exeLine: string;
  readonly env: readonly string[];
  readonly cwd: string;
  readonly tty: number;
  readonly uid: number;
  readonly gid: number;
  readonly loginUid: number;
  readonly sessionId: number;
  readonly groupId: number;
  readonly vpid: number;
  readonly vpgid: number;
  readonly pidNamespace: number;
  readonly mountNamespace: number;
  readonly networkNamespace: number;
  readonly userNamespace: number;
  readonly capEffective: number;
  readonly capPermitted: number;
  readonly capInheritable: number;
  readonly upperLayer: boolean;
  readonly memfd: boolean;
  readonly exeWritable: boolean;
  readonly inode: number;
  readonly device: number;
  readonly changeTimeNs: number;
  readonly modifyTimeNs: number;
  /** When the process was made, and when its program started. */
  readonly cloneTimeUs: number;
  readonly execTimeUs: number;
  readonly container: Container | undefined;
  readonly exited: boolean;
  descriptor(number: number): Descriptor | undefined;
  descriptors(): Iterable<Descriptor>;
}
