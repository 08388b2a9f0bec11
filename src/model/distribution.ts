/** The operating system that a root file system says it is. */
export interface Distribution {
  /** os-release `ID`, lower case, normalised: `debian`, `ubuntu`, `alpine`, `wolfi`, `chainguard`, `rhel`, `centos`, `rocky`, `almalinux`, `ol`, `fedora`, `amzn`, `sles`, `opensuse-leap`, `azurelinux`, `photon`, `arch`, … */
  readonly id: string;
  /** os-release `ID_LIKE`, split. */
  readonly idLike: readonly string[];
  /** For people: `Debian GNU/Linux 12 (bookworm)`. */
  readonly name: string;
  /** The release that advisories are kept for: `12`, `22.04`, `9.4`, Alpine's `3.22` or `edge`. Absent on rolling releases and broken images. */
  readonly version?: string;
  /** `bookworm`, `noble`. */
  readonly codename?: string;
  /** The exact state of the release where a file tells it: Debian's `12.9`, Alpine's `3.22.1`, CentOS's `7.9.2009`, the snapshot date of a rolling release. */
  readonly pointRelease?: string;
  /** Support streams beyond the regular one that are switched on: Ubuntu Pro's `esm-infra`, `esm-apps`. */
  readonly extendedSupport?: readonly string[];
  /** Red Hat's repositories that an image was built from, sorted, of its content manifests: `rhel-9-for-x86_64-baseos-rpms`, with `eus` of extended support. */
  readonly contentSets?: readonly string[];
  /** The builds that an image of Red Hat is and stands on, sorted: `ubi9-container-9.3-1610`. */
  readonly imageBuilds?: readonly string[];
  /** The image says it is distroless, or has package records without a package manager. */
  readonly distroless?: boolean;
  /** Path of the file that decided. */
  readonly evidence: string;
  readonly endOfLife?: EndOfLife;
}

export interface EndOfLife {
  /** ISO date of the end of regular (free) support, `2026-06-10`. */
  readonly date: string;
  /** ISO date of the end of long-term support that needs no contract (Debian LTS), when there is one. */
  readonly longTermDate?: string;
  /** Where the dates come from, and when they were last looked at. */
  readonly source: string;
}
