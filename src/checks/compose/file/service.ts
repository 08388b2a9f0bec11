import { type Assignment, assignmentsOf } from './assignment.ts';
import { type HostMount, hostMountOf } from './mount.ts';
import { type PublishedPort, publishedPortOf } from './port.ts';
import type { Setting } from './setting.ts';

/** One service of a Compose file. */
export class ComposeService {
  readonly name: string;
  readonly setting: Setting;
  /**
   * All that the service is made of is in this file, so that what is not written here is missing. Not so in a file that only overrides parts
   * of another, and for a service that extends one of another file.
   */
  readonly isWhole: boolean;
  /** Services of the same file that it extends, the nearest first. */
  readonly #bases: readonly Setting[];

  constructor(setting: Setting, bases: readonly Setting[], extendsOther: boolean) {
    this.name = setting.name;
    this.setting = setting;
    this.#bases = bases;
    const origin = this.given('image') ?? this.given('build') ?? this.given('provider');
    this.isWhole = origin !== undefined && !extendsOther;
  }

  /** What is written in the service itself, anchors and merge keys followed. */
  own(...names: readonly string[]): Setting | undefined {
    return this.setting.at(...names);
  }

  /** What holds for the service: its own or else what it extends says. */
  given(...names: readonly string[]): Setting | undefined {
    for (const source of [this.setting, ...this.#bases]) {
      const found = source.at(...names);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The items of a list of its own and of all that it extends: Compose appends lists. */
  allItems(...names: readonly string[]): Setting[] {
    return [this.setting, ...this.#bases].flatMap((source) => source.at(...names)?.items() ?? []);
  }

  ownItems(...names: readonly string[]): Setting[] {
    return this.own(...names)?.items() ?? [];
  }

  get hostMounts(): HostMount[] {
    return this.ownItems('volumes').flatMap((volume) => hostMountOf(volume) ?? []);
  }

  get ports(): PublishedPort[] {
    return this.ownItems('ports').flatMap((port) => publishedPortOf(port) ?? []);
  }

  get environment(): Assignment[] {
    return assignmentsOf(this.own('environment'));
  }

  /** `no-new-privileges:true` and `no-new-privileges=true` are the same to the engine. */
  get securityOptions(): { readonly name: string; readonly value: string; readonly at: Setting }[] {
    return this.ownItems('security_opt').map((at) => ({ ...securityOption(at.text), at }));
  }
}

export function securityOption(text: string): { name: string; value: string } {
  const end = text.search(/[:=]/);
  return end === -1
    ? { name: text.trim(), value: '' }
    : { name: text.slice(0, end).trim(), value: text.slice(end + 1).trim() };
}
