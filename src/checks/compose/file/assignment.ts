import { interpolate } from './interpolate.ts';
import type { Setting } from './setting.ts';

/** One entry of `environment`, `args` and the like, which are written as a mapping or as a list of `NAME=value`. */
export interface Assignment {
  readonly name: string;
  /** With the defaults of variables put in; absent where only the name is given and whoever starts it has the value. */
  readonly value?: string;
  /** The value comes from outside the file, wholly or in part. */
  readonly isOpen: boolean;
  readonly at: Setting;
}

export function assignmentsOf(setting: Setting | undefined): Assignment[] {
  if (setting === undefined) return [];
  if (Array.isArray(setting.value)) return setting.items().map(written);
  return setting.members().map((at) => {
    if (at.value === null) return { name: at.name, isOpen: true, at };
    const { text: value, isOpen } = at.interpolated;
    return { name: at.name, value, isOpen, at };
  });
}

function written(at: Setting): Assignment {
  const text = typeof at.value === 'string' ? at.value : '';
  const equals = text.indexOf('=');
  if (equals === -1) return { name: text, isOpen: true, at };
  const { text: value, isOpen } = interpolate(text.slice(equals + 1));
  return { name: text.slice(0, equals), value, isOpen, at };
}
