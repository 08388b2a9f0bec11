import type { Container } from '../container.ts';
import type { SensorEvent } from '../event.ts';
import type { Process } from '../process.ts';
import type { ContainerLookup } from '../state/tracker.ts';
import { type GroupOwner, ownerOfGroup } from './cgroup-path.ts';
import { bundleFromCommand, type RuntimeCommand } from './runtime-command.ts';

/** What is asked of who may read the files of engines. */
export interface ContainerQuestion {
  readonly id: string;
  readonly runtime: Container['runtime'];
  readonly cgroupPath: string;
  /** Where the bundle (config.json) of the container is, when its making was seen. */
  readonly bundle: string | undefined;
}

/** Answers with what the engine says, now or later; `undefined` when it says nothing. */
export type Describe = (question: ContainerQuestion, answer: (container: Container | undefined) => void) => void;

const MAX_GROUPS = 65_536;
const MAX_COMMANDS = 1024;
/** Groups that are gone are kept for as many others as went after them: the last events of their processes come late. */
const KEPT_REMOVED = 256;

/** Containers by control group, as events tell of them and as they were at the start. */
export class ContainerRegistry implements ContainerLookup {
  readonly #byGroup = new Map<number, Container | undefined>();
  readonly #byId = new Map<string, Container>();
  readonly #commands = new Map<string, RuntimeCommand>();
  readonly #removed: number[] = [];
  readonly #describe: Describe;
  readonly #hierarchy: number;
  readonly #onGroup: (id: number, path: string, container: Container | undefined) => void;
  evicted = 0;

  /** `onGroup` is told of every group that becomes known: recordings need the paths to be replayed elsewhere. */
  constructor(
    describe: Describe,
    hierarchy: number,
    onGroup: (id: number, path: string, container: Container | undefined) => void = () => undefined,
  ) {
    this.#describe = describe;
    this.#hierarchy = hierarchy;
    this.#onGroup = onGroup;
  }

  of(cgroupId: number): Container | undefined {
    return this.#byGroup.get(cgroupId);
  }

  observe(event: SensorEvent, process: Process): void {
    if (event.type === 'cgroup_mkdir') {
      if ((event.value ?? 0) === this.#hierarchy && event.cgroupPath) this.addGroup(event.cgroupId, event.cgroupPath);
    } else if (event.type === 'cgroup_rmdir') {
      if ((event.value ?? 0) === this.#hierarchy) this.#remove(event.cgroupId);
    } else if (event.exec) {
      const command = bundleFromCommand(event.exec, process);
      if (command) this.addCommand(command);
    }
  }

  /** A program of an engine that was seen to make a container. */
  addCommand(command: RuntimeCommand): void {
    this.#commands.delete(command.id);
    this.#commands.set(command.id, command);
    for (const oldest of this.#commands.keys()) {
      if (this.#commands.size <= MAX_COMMANDS) break;
      this.#commands.delete(oldest);
    }
  }

  addGroup(id: number, path: string): void {
    const owner = ownerOfGroup(path, (name) => this.#owner(name));
    if (this.#byGroup.size >= MAX_GROUPS) this.#evictOldest();
    const container = owner && this.#container(owner, path);
    this.#byGroup.set(id, container);
    this.#onGroup(id, path, container);
  }

  /** A container that somebody else describes, in the group that its events name. */
  setContainer(group: number, container: Container): void {
    if (this.#byGroup.size >= MAX_GROUPS) this.#evictOldest();
    const known = this.#byId.get(container.fullId);
    if (known !== undefined) Object.assign(known, container);
    else this.#byId.set(container.fullId, container);
    this.#byGroup.set(group, known ?? container);
  }

  containers(): Iterable<Container> {
    return this.#byId.values();
  }

  #owner(name: string): GroupOwner | undefined {
    const command = this.#commands.get(name);
    return command && { id: name, runtime: command.runtime };
  }

  #container(owner: GroupOwner, path: string): Container {
    const known = this.#byId.get(owner.id);
    if (known !== undefined) return known;
    const waiting: Container = bareContainer(owner, path);
    this.#byId.set(owner.id, waiting);
    const bundle = this.#commands.get(owner.id)?.bundle;
    this.#describe({ ...owner, cgroupPath: path, bundle }, (described) => {
      // The object stays the same: processes and rules that hold it see what became known.
      Object.assign(waiting, described ?? { described: 'no' });
    });
    return waiting;
  }

  #remove(id: number): void {
    this.#removed.push(id);
    if (this.#removed.length <= KEPT_REMOVED) return;
    const oldest = this.#removed.shift();
    if (oldest !== undefined) this.#forget(oldest);
  }

  #evictOldest(): void {
    for (const id of this.#byGroup.keys()) {
      this.#forget(id);
      this.evicted++;
      return;
    }
  }

  #forget(id: number): void {
    const container = this.#byGroup.get(id);
    this.#byGroup.delete(id);
    if (container !== undefined) this.#byId.delete(container.fullId);
  }
}

export function bareContainer({ id, runtime }: GroupOwner, cgroupPath: string): Container {
  return {
    id: id.length === 64 ? id.slice(0, 12) : id,
    fullId: id,
    runtime,
    name: undefined,
    image: undefined,
    labels: {},
    privileged: undefined,
    mounts: undefined,
    startUs: undefined,
    env: [],
    user: undefined,
    cniAddress: undefined,
    hostPid: undefined,
    hostNetwork: undefined,
    hostIpc: undefined,
    healthcheck: undefined,
    capabilities: undefined,
    pod: undefined,
    cgroupPath,
    described: 'waiting',
  };
}
