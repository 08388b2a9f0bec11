/** The operating system that a root file system says it is. */
export interface Distribution {
  /** os-release `ID`, lower case, normalised: `debian`, `ubuntu`, `alpine`, `wolfi`, `chainguard`, `rhel`, `centos`, `rocky`, `almalinux`, `ol`, `fedora`, `amzn`, `sles`, `opensuse-leap`, `azurelinux`, `photon`, `arch`, … */
  readonly id: string;
  /** os-release `ID_LIKE`, split. */
  readonly idLike: readonly string[];
  /** For people: `Debian GNU/Linux 12 (bookworm)`. */
  readonly name: string;
  /** `VERSION_ID` or the best replacement (`12.9` from debian_version is kept apart in `pointRelease`). Absent on rolling releases and broken images. */
  readonly version?: string;
  /** `bookworm`, `noble`. */
  readonly codename?: string;
  /** Debian's `12.9`, Alpine's `3.22.1`. */
  readonly pointRelease?: string;
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
  /** Where the dates come from. */
  readonly source: string;
}
