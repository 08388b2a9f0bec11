import type { EditMeans, Proposal } from '../editor.ts';
import { type FixGroup, type FixStep, planFixes } from '../plan/index.ts';
import type { Resolution } from './resolution.ts';

/** Direct dependencies that are raised for the sake of what they bring; more would be a renovation. */
const MAX_RAISED_FOR_OTHERS = 8;

interface Task {
  readonly group: FixGroup;
  readonly steps: readonly FixStep[];
  readonly means: EditMeans;
  /** What is scanned to see how far it is. */
  readonly copyRoot: string;
}

/** One way after the other, each only for what the ways before it have left. */
export class Attempt {
  readonly #task: Task;
  readonly #resolution: Resolution;
  readonly #reasons = new Map<string, string>();
  readonly #notes: string[] = [];
  /** Why it is not known what the new lock is good for; then nothing is proposed. */
  failure: string | undefined;
  /** Ids of steps that the new versions would make necessary. */
  #introduced: readonly string[] = [];
  /** What is still to be done, as of the last look at the lock. */
  #left: readonly FixStep[];

  constructor(task: Task, resolution: Resolution) {
    this.#task = task;
    this.#resolution = resolution;
    this.#left = task.steps;
  }

  /** The fixed version where the project asks for the package by name. Together first; one by one when they do not go together. */
  async raiseAskedFor(): Promise<void> {
    const { allowsBreaking } = this.#task.means;
    const wanted = this.#left.filter(
      ({ name, from, isBreaking }) => (allowsBreaking || !isBreaking) && this.#resolution.isAskedFor(name, from),
    );
    if (wanted.length === 0) return;
    const before = this.#resolution.state();
    const failure = await this.#lockWith(wanted);
    if (failure === undefined) return this.#look();
    await this.#resolution.restore(before);
    for (const step of wanted) {
      const state = this.#resolution.state();
      const reason = await this.#lockWith([step]);
      if (reason === undefined) continue;
      await this.#resolution.restore(state);
      this.#reasons.set(step.id, reason);
    }
    await this.#look();
  }

  async #lockWith(steps: readonly FixStep[]): Promise<string | undefined> {
    let isChanged = false;
    for (const { id, name, to } of steps) {
      const { changed, note, refusal } = this.#resolution.ask(name, to);
      if (refusal !== undefined) this.#reasons.set(id, refusal);
      if (note !== undefined && !this.#notes.includes(note)) this.#notes.push(note);
      isChanged ||= changed;
    }
    const locked = isChanged ? await this.#resolution.lock() : undefined;
    return locked && !locked.ok ? locked.error : undefined;
  }

  async updateWithinRanges(): Promise<void> {
    const names = [...new Set(this.#left.map(({ name }) => name))].filter(isPackageName);
    if (names.length === 0) return;
    const updated = await this.#resolution.update(names);
    if (updated.ok) await this.#look();
    else for (const { id } of this.#left) this.#reasons.set(id, this.#reasons.get(id) ?? updated.error);
  }

  /** The newest compatible release of what the project asks for and brings something vulnerable. */
  async raiseWhatBrings(): Promise<void> {
    const askers = new Set(
      this.#left.filter(({ what }) => what === 'transitive-dependency').flatMap(({ through }) => through),
    );
    for (const asker of [...askers].slice(0, MAX_RAISED_FOR_OTHERS)) {
      const stillBrings = this.#left.some(({ through }) => through.includes(asker));
      if (stillBrings) await this.#raise(asker);
    }
  }

  async #raise(asker: string): Promise<void> {
    const at = asker.lastIndexOf('@');
    const [name, version] = [asker.slice(0, at), asker.slice(at + 1)];
    if (!isPackageName(name)) return;
    const newest = await this.#resolution.newestCompatible(name, version);
    if (newest === undefined) return;
    const [state, left, introduced] = [this.#resolution.state(), this.#left, this.#introduced];
    const { changed, refusal } = this.#resolution.ask(name, newest);
    const locked = changed && refusal === undefined ? await this.#resolution.lock() : undefined;
    if (locked?.ok) await this.#look();
    const isWorthIt = this.#left.length < left.length;
    if (isWorthIt) {
      const gone = left.filter(({ id }) => !this.#left.some((one) => one.id === id)).map(({ name: one }) => one);
      this.#notes.push(`${name} goes from ${version} to ${newest} because it brings ${[...new Set(gone)].join(', ')}.`);
      return;
    }
    this.#left = left;
    this.#introduced = introduced;
    await this.#resolution.restore(state);
  }

  /** Dependants get a version that they did not allow: possible, and only on request. */
  async override(): Promise<void> {
    const { allowsBreaking, allowsOverrides } = this.#task.means;
    const wanted = this.#left.filter(
      ({ what, name, isBreaking }) =>
        what === 'transitive-dependency' && isPackageName(name) && (allowsBreaking || !isBreaking),
    );
    if (wanted.length === 0) return;
    const words = wanted.map(({ name, to }) => `"${name}": "${to}"`).join(', ');
    if (!allowsOverrides) {
      this.#notes.push(
        `Some dependants allow no fixed version. "overrides": { ${words} } in package.json forces it on them (--overrides does that); they were not made for it, so test them.`,
      );
      return;
    }
    const state = this.#resolution.state();
    for (const { name, to } of wanted) this.#resolution.override(name, to);
    const locked = await this.#resolution.lock();
    if (locked.ok) {
      this.#notes.push(`Forced on dependants that do not allow it: ${words}. Test what uses them.`);
      return this.#look();
    }
    await this.#resolution.restore(state);
    for (const { id } of wanted) this.#reasons.set(id, locked.error);
  }

  /** Scans the copy as it is now, to see which steps are still to be taken. */
  async #look(): Promise<void> {
    const { group, steps, means, copyRoot } = this.#task;
    const report = await means.assess(copyRoot);
    if (!report.ok) {
      this.failure = report.error;
      return;
    }
    const unwanted = new Set(group.steps.filter((step) => !steps.includes(step)).map(({ id }) => id));
    const found = planFixes(report.value)
      .groups.flatMap((one) => one.steps)
      .filter(({ id }) => !unwanted.has(id));
    const before = group.steps.flatMap(({ name, removes, leaves }) =>
      [...removes.map(({ id }) => id), ...leaves].map((id) => `${name}\0${id}`),
    );
    this.#introduced = introducedBy(found, new Set(before));
    const known = new Set(steps.flatMap(({ name, removes }) => removes.map(({ id }) => `${name}\0${id}`)));
    this.#left = found.filter(({ name, removes }) => removes.some(({ id }) => known.has(`${name}\0${id}`)));
  }

  proposal(droppedSettings: readonly string[]): Proposal {
    const refusals = this.#left.map(({ id, to, through, name }) => {
      const brought = through.length > 0 ? `; ${through.join(', ')} would have to allow it` : '';
      const reason = this.#reasons.get(id) ?? this.#reasons.get(name) ?? `what needs it does not allow ${to}${brought}`;
      return { step: id, reason };
    });
    const introduced =
      this.#introduced.length > 0
        ? [`The new versions have vulnerabilities that were not here before: ${this.#introduced.join(', ')}.`]
        : [];
    const left =
      droppedSettings.length > 0
        ? [
            `Settings in the project’s .npmrc that were not passed to npm: ${droppedSettings.join(', ')}. Logins belong into your own .npmrc.`,
          ]
        : [];
    return { refusals, notes: [...this.#notes, ...introduced, ...left] };
  }
}

function introducedBy(found: readonly FixStep[], before: ReadonlySet<string>): string[] {
  const isNew = ({ name, removes }: FixStep) => removes.some(({ id }) => !before.has(`${name}\0${id}`));
  return found.filter(isNew).map(({ id, removes }) => `${id} (${removes.map((one) => one.id).join(', ')})`);
}

/** As the registry has them; no option, no path, no address. */
function isPackageName(name: string): boolean {
  return /^(?:@[a-z0-9~][\w.~-]{0,213}\/)?[A-Za-z0-9~][\w.~-]{0,213}$/.test(name);
}
