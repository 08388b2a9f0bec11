import type { FileContent, Problem } from '#foundation/index.ts';
import type { Digest } from '#model/index.ts';

/** What a target resolves to. Every source of images gives the same thing, so nothing downstream knows where it came from. */
export type Artifact = ImageArtifact | TreeArtifact | DocumentArtifact;

export interface ImageArtifact {
  readonly kind: 'image';
  /** How the user would name it again: `docker.io/library/debian:12`, `image.tar`, `layout:tag`. Never with credentials. */
  readonly name: string;
  /** The scheme that opened it. */
  readonly scheme: TargetScheme;
  /** Digest of the platform's manifest, where the source has manifests. */
  readonly manifestDigest?: Digest;
  /** Digest of the image index that the manifest was chosen from. */
  readonly indexDigest?: Digest;
  /** Digest of the configuration blob; the image id of Docker and Podman. */
  readonly configDigest: Digest;
  readonly platform: Platform;
  readonly config: ImageConfig;
  /** Bottom first. */
  readonly layers: readonly ImageLayer[];
  readonly tags: readonly string[];
  readonly problems: readonly Problem[];
  /** Releases files, sockets and temporary space. Safe to call twice. */
  close(): Promise<void>;
}

/** A directory read in place: a root file system, or the sources of a project. A cluster is one that has no files. */
export interface TreeArtifact {
  readonly kind: 'tree';
  readonly name: string;
  /** `directory`: what its files declare counts too, such as lock files. */
  readonly scheme: 'rootfs' | 'host' | 'directory' | 'cluster';
  /** Absolute path of the directory; of a root file system the one that stands for `/`. */
  readonly root: string;
  readonly problems: readonly Problem[];
  close(): Promise<void>;
}

/** A file that describes an artifact which itself is not here: a software bill of materials. */
export interface DocumentArtifact {
  readonly kind: 'document';
  /** As the user named it. */
  readonly name: string;
  readonly scheme: 'sbom';
  /** Absolute path of the file. */
  readonly path: string;
  /** Can be read until `close`. */
  readonly content: FileContent;
  readonly problems: readonly Problem[];
  close(): Promise<void>;
}

export type TargetScheme =
  | 'docker'
  | 'podman'
  | 'containerd'
  | 'registry'
  | 'oci'
  | 'archive'
  | 'rootfs'
  | 'host'
  | 'directory'
  | 'cluster'
  | 'sbom';

/** As in OCI: `linux`, `arm64`, `v8`. */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
}

/** The part of the OCI image configuration that we use. */
export interface ImageConfig {
  readonly created?: string;
  readonly author?: string;
  readonly user?: string;
  readonly env: readonly string[];
  readonly entrypoint: readonly string[];
  readonly cmd: readonly string[];
  readonly workingDir?: string;
  readonly exposedPorts: readonly string[];
  readonly volumes: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly healthcheck?: unknown;
  readonly history: readonly HistoryEntry[];
}

export interface HistoryEntry {
  readonly created?: string;
  /** The instruction as the builder recorded it. */
  readonly createdBy?: string;
  readonly comment?: string;
  /** True for instructions such as ENV that made no layer. */
  readonly emptyLayer: boolean;
}

export interface ImageLayer {
  readonly index: number;
  /** Digest of the uncompressed tar, as the configuration states it; the cache key. Verified while reading when that costs no extra pass (uncompressed blobs) and never trusted for content that did not verify by `blobDigest`. */
  readonly diffId: Digest;
  /** Digest of the blob as stored; verified on every read of a blob. Absent for docker-archive layers and unpacked directories. */
  readonly blobDigest?: Digest;
  readonly mediaType: string;
  /** Bytes of the blob as stored, where known. */
  readonly size?: number;
  /** The history entry that made it. */
  readonly instruction?: string;
  readonly content: LayerContent;
}

export type LayerContent =
  /** The blob lies in a local file: alone (an OCI layout) or as a slice (an entry of an archive). */
  | { readonly kind: 'file'; readonly path: string; readonly offset: number; readonly length: number }
  /** The blob must be brought here first; the file is verified and lives until `release`. Rejects with `LayerUnavailable` when it cannot be had, with the signal's reason when aborted. */
  | { readonly kind: 'remote'; fetch(signal: AbortSignal): Promise<FetchedBlob> }
  /** Unpacked on this machine by a container engine: read in place. `overlay` marks deletions by 0/0 character devices and opaque xattrs. Directories in `passOver`, names or paths, are not entered. */
  | {
      readonly kind: 'directory';
      readonly path: string;
      readonly whiteouts: 'overlay' | 'aufs' | 'none';
      readonly passOver?: readonly string[];
    };

export interface FetchedBlob {
  readonly path: string;
  release(): Promise<void>;
}
