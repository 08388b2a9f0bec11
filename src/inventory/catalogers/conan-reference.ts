import type { PackageRecord } from './records.ts';

/** `name/version@user/channel#revision%time`: all behind the version may be absent. */
export function parseConanReference(text: string): PackageRecord | undefined {
  const [, name, version, user, channel] =
    /^([^/@#\s]{1,200})\/([^@#%:\s]{1,200})(?:@([^/#%\s]{0,200})(?:\/([^#%:\s]{0,200}))?)?/.exec(text) ?? [];
  if (name === undefined || version === undefined) return undefined;
  const isOwn = user !== undefined && user !== '' && user !== '_';
  return { name, version, ...(isOwn && { qualifiers: { user, ...(channel && { channel }) } }) };
}
