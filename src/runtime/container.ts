/** A container as its engine describes it. What the engine did not say is `undefined`. */
export interface Container {
  /** First 12 digits of the id, as `container.id` has it. */
  readonly id: string;
  readonly fullId: string;
  readonly runtime: ContainerRuntime;
  readonly name: string | undefined;
  readonly image: ContainerImage | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly privileged: boolean | undefined;
  readonly mounts: readonly ContainerMount[] | undefined;
  readonly startUs: number | undefined;
  readonly env: readonly string[];
  readonly user: string | undefined;
  readonly cniAddress: string | undefined;
  readonly hostPid: boolean | undefined;
  readonly hostNetwork: boolean | undefined;
  readonly hostIpc: boolean | undefined;
  readonly healthcheck: string | undefined;
  /** Capabilities that its specification grants; `undefined` when no specification was read. */
  readonly capabilities: number | undefined;
  readonly pod: Pod | undefined;
  readonly cgroupPath: string;
  /** Whether the engine's description was read, is awaited, or could not be had. */
  readonly described: 'yes' | 'waiting' | 'no';
}

export type ContainerRuntime = 'docker' | 'podman' | 'containerd' | 'cri-o' | 'runc' | 'lxc' | 'unknown';

export interface ContainerImage {
  /** As it was asked for. @example 'docker.io/library/debian:12' */
  readonly name: string;
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
  readonly id: string | undefined;
}

export interface ContainerMount {
  readonly source: string;
  readonly destination: string;
  readonly mode: string;
  readonly writable: boolean;
  readonly propagation: string;
}

export interface Pod {
  readonly name: string;
  readonly namespace: string;
  readonly uid: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
}
