import type { DescriptorKind } from '#runtime/index.ts';

const LETTERS: Readonly<Record<DescriptorKind, string>> = {
  file: 'f',
  directory: 'd',
  ipv4: '4',
  ipv6: '6',
  unix: 'u',
  pipe: 'p',
  event: 'e',
  signalfd: 's',
  eventpoll: 'l',
  inotify: 'i',
  timerfd: 't',
  memfd: 'm',
  netlink: 'n',
  other: 'o',
};

/** `fd.typechar` */
export function kindLetter(kind: DescriptorKind): string {
  return LETTERS[kind];
}
