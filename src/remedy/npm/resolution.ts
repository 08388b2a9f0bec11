import { asList, asText, parseJsonText } from '#foundation/documents/index.ts';
import { ok, type Result } from '#foundation/index.ts';
import { parseConstraint, versionScheme } from '#versions/index.ts';
import { isBreaking } from '../plan/step.ts';
import type { ProjectFiles } from '../workspace/index.ts';
import type { ProjectCopy } from './copy.ts';
import { specifiersOf, withOverride, withSpecifier } from './manifest.ts';
import { raisedSpecifier } from './specifier.ts';
import type { NpmTool } from './tool.ts';

/** The copy of a project while its versions are moved about. What a failing npm leaves behind is undone. */
export class Resolution {
  readonly #copy: ProjectCopy;
  readonly #npm: NpmTool;
  readonly #signal: AbortSignal;
  readonly #texts: Map<string, string>;
  #lockText: string;

  constructor(copy: ProjectCopy, npm: NpmTool, signal: AbortSignal) {
    this.#copy = copy;
    this.#npm = npm;
    this.#signal = signal;
    this.#texts = new Map(copy.manifests.map(({ path, text }) => [path, text]));
    this.#lockText = copy.lock.text;
  }

  /** Whether the project or one of its workspaces asks for it by name, in a way that can have led to this version. */
  isAskedFor(name: string, version: string): boolean {
    return this.#specifiers(name).some((specifier) => {
      const range = parseConstraint(specifier, 'npm');
      const holds = range.ok ? range.value.satisfies(version) : range;
      return !holds.ok || holds.value;
    });
  }

  #specifiers(name: string): string[] {
    return [...this.#texts.values()].flatMap((text) => specifiersOf(text, name));
  }

  /** Asks for a version wherever the package is asked for by name. The note tells of a changed style; a refusal changes nothing. */
  ask(name: string, version: string): { readonly changed: boolean; readonly note?: string; readonly refusal?: string } {
    if (!isVersion(version)) return { changed: false, refusal: `${version} is no version of npm's` };
    let changed = false;
    let note: string | undefined;
    for (const [path, text] of this.#texts) {
      for (const specifier of specifiersOf(text, name)) {
        const raised = raisedSpecifier(specifier, version);
        if (raised.kind === 'refuse') return { changed: false, refusal: raised.reason };
        if (raised.kind === 'keep') continue;
        if (raised.note !== undefined) note = `${path}: ${name} ${raised.note}`;
        this.#texts.set(path, withSpecifier(this.#texts.get(path) ?? text, name, specifier, raised.specifier));
        changed = true;
      }
    }
    return { changed, ...(note !== undefined && { note }) };
  }

  /** Forces a version on all dependants; false where the project overrides it already or asks for it by name. */
  override(name: string, version: string): boolean {
    const [first] = this.#copy.manifests;
    const text = first && withOverride(this.#texts.get(first.path) ?? '', name, version);
    if (!first || text === undefined || !isVersion(version) || this.#specifiers(name).length > 0) return false;
    this.#texts.set(first.path, text);
    return true;
  }

  /** Locks what the manifests ask for now. */
  lock(): Promise<Result<undefined>> {
    return this.#run('install', ['--package-lock-only', `--lockfile-version=${this.#copy.lockVersion}`]);
  }

  /** Moves packages as far as everything that needs them allows. */
  update(names: readonly string[]): Promise<Result<undefined>> {
    const args = ['--package-lock-only', `--lockfile-version=${this.#copy.lockVersion}`, '--no-save', '--', ...names];
    return this.#run('update', args);
  }

  /** The newest release in which nothing should break for whoever uses the version at hand. */
  async newestCompatible(name: string, version: string): Promise<string | undefined> {
    const said = await this.#npm.run('view', ['--json', '--', name, 'versions'], this.#copy.directory, this.#signal);
    const parsed = said.ok ? parseJsonText(said.value) : said;
    const versions = parsed.ok ? (asList(parsed.value) ?? []).map(asText) : [];
    const scheme = versionScheme('npm');
    let newest = version;
    for (const one of versions) {
      if (one === undefined || !isVersion(one) || one.includes('-') || isBreaking(version, one, 'npm')) continue;
      const order = scheme?.compare(one, newest);
      if (order?.ok && order.value > 0) newest = one;
    }
    return newest === version ? undefined : newest;
  }

  /** Where things stand, to come back to. */
  state(): { readonly texts: ReadonlyMap<string, string>; readonly lock: string } {
    return { texts: new Map(this.#texts), lock: this.#lockText };
  }

  async restore({ texts, lock }: ReturnType<Resolution['state']>): Promise<void> {
    for (const [path, text] of texts) this.#texts.set(path, text);
    this.#lockText = lock;
    for (const [path, text] of texts) await this.#copy.writeManifest(path, text);
    await this.#copy.writeLock(lock);
  }

  /** Proposes what it came to. */
  propose(files: ProjectFiles): void {
    for (const file of this.#copy.manifests) files.change(file, this.#texts.get(file.path) ?? file.text);
    files.change(this.#copy.lock, this.#lockText);
  }

  async #run(command: string, args: readonly string[]): Promise<Result<undefined>> {
    for (const [path, text] of this.#texts) await this.#copy.writeManifest(path, text);
    const ran = await this.#npm.run(command, args, this.#copy.directory, this.#signal);
    const lock = ran.ok ? await this.#copy.readLock() : ran;
    if (!lock.ok) {
      await this.#copy.writeLock(this.#lockText);
      return lock;
    }
    this.#lockText = lock.value;
    return ok(undefined);
  }
}

/** Versions come from advisories and registries; anything else could be an address. */
function isVersion(text: string): boolean {
  return /^\d{1,16}\.\d{1,16}\.\d{1,16}(?:[-+][\w.+-]{1,100})?$/.test(text);
}
