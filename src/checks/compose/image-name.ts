import { parseReference } from '#artifact/index.ts';
import type { ComposeService } from './file/service.ts';
import type { Setting } from './file/setting.ts';

/** The image that a service runs, as far as the file says it. */
export interface ServiceImage {
  readonly text: string;
  /** `latest` where none is written. */
  readonly tag?: string;
  readonly isTagWritten: boolean;
  readonly hasDigest: boolean;
  readonly at: Setting;
}

/** Undefined for an image that is built here (its name is only what it will be called), and for one that variables decide. */
export function imageOf(service: ComposeService): ServiceImage | undefined {
  const at = service.own('image');
  if (at === undefined || service.given('build') !== undefined) return undefined;
  const { text, isOpen } = at.interpolated;
  const reference = isOpen ? undefined : parseReference(text);
  if (!reference?.ok) return undefined;
  const { tag, digest } = reference.value;
  const isTagWritten = text.lastIndexOf(':') > text.lastIndexOf('/') || digest !== undefined;
  return { text, ...(tag !== undefined && { tag }), isTagWritten, hasDigest: digest !== undefined, at };
}
