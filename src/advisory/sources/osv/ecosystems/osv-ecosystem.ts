/** How one OSV ecosystem is read: `Ubuntu` of `Ubuntu:22.04:LTS`. */
export interface OsvEcosystem {
  /** As OSV spells it; also the folder of its export. */
  readonly name: string;
  readonly scheme: string;
  readonly subject: 'source' | 'package';
  /** The ecosystem key, with what follows the first colon (empty when nothing does). */
  key(suffix: string): string;
  /** First parts of the keys that this ecosystem speaks for: `rhel`, `rhel-eus`. */
  readonly keyFamilies: readonly string[];
  /** The key that covers all of it, where it has no releases: its export then speaks for every package, named or not. */
  readonly wholeKey?: string;
  readonly license: string;
  readonly attribution: string;
  readonly limits?: readonly string[];
  readonly restricted?: string;
  /**
   * Its packages can be pinned by a commit, so ranges of commits are kept beside those of versions. For the others they would
   * only make the database larger: nothing that is installed from there has a commit for its version.
   */
  readonly commitVersions?: true;
  /**
   * Names what an entry without `package` is about, from the repository of its Git range (`github.com/python/cpython`); absent
   * where every entry names its package.
   */
  productOf?(repository: string | undefined): string | undefined;
  /** Where the publisher has the records, when OSV.dev has no export of them: an archive, or one JSON list of records. */
  readonly url?: string;
}

/** `npm`, or `npm:<repository>` where the record is limited to one. */
export function withoutReleases(family: string): Pick<OsvEcosystem, 'key' | 'keyFamilies' | 'wholeKey'> {
  return {
    key: (suffix) => (suffix === '' ? family : `${family}:${suffix}`),
    keyFamilies: [family],
    wholeKey: family,
  };
}

export function language(type: string): Pick<OsvEcosystem, 'subject' | 'key' | 'keyFamilies' | 'wholeKey'> {
  return { subject: 'package', ...withoutReleases(type) };
}
