import type { TextRange, YamlDocument, YamlPath } from '#manifests/index.ts';
import type { Position } from '../../check.ts';
import { type Interpolated, interpolate } from './interpolate.ts';

/** A value of a Compose file with its place. Wrong shapes answer like missing ones. */
export class Setting {
  readonly value: unknown;
  readonly path: YamlPath;
  readonly #document: YamlDocument;

  constructor(document: YamlDocument, path: YamlPath, value: unknown) {
    this.#document = document;
    this.path = path;
    this.value = value;
  }

  /** The last step to it: a member's name. */
  get name(): string {
    return String(this.path.at(-1) ?? '');
  }

  get position(): Position {
    return this.#document.positionOf(this.path);
  }

  /** Where its value is written; undefined where others share it through an anchor, so that a change would reach further. */
  get ownRange(): TextRange | undefined {
    const place = this.#document.placeOf(this.path);
    return place?.shared === false ? this.#document.rangeOf(this.path) : undefined;
  }

  /** What edits are made in. */
  get document(): YamlDocument {
    return this.#document;
  }

  at(...names: readonly string[]): Setting | undefined {
    let { value } = this;
    for (const name of names) {
      if (!isMembers(value) || !Object.hasOwn(value, name)) return undefined;
      value = value[name];
    }
    return value === null || value === undefined
      ? undefined
      : new Setting(this.#document, [...this.path, ...names], value);
  }

  members(): Setting[] {
    const { value } = this;
    if (!isMembers(value)) return [];
    return Object.entries(value).map(([name, one]) => new Setting(this.#document, [...this.path, name], one));
  }

  /** Of a list; a lone value stands for a list of one. */
  items(): Setting[] {
    const { value } = this;
    if (Array.isArray(value)) {
      return value.map((item: unknown, index) => new Setting(this.#document, [...this.path, index], item));
    }
    return isScalar(value) ? [this] : [];
  }

  /** Defaults are put in for variables; empty where it is no scalar. */
  get interpolated(): Interpolated {
    return isScalar(this.value) ? interpolate(String(this.value)) : { text: '', isOpen: false };
  }

  get text(): string {
    return this.interpolated.text;
  }

  /** `true`, also as the text of a variable's default. */
  get isTrue(): boolean {
    return /^(?:true|yes|on|1)$/i.test(this.text.trim());
  }
}

function isMembers(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isScalar(value: unknown): value is string | number | boolean | bigint {
  return ['string', 'number', 'boolean', 'bigint'].includes(typeof value);
}
