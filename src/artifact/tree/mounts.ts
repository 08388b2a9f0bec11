import { readFileSync } from 'node:fs';

/**
 * File systems that hold a machine's own files. Everything else that is mounted below a root is passed over: kernel views
 * (proc, sysfs), memory (tmpfs) and above all network mounts, which belong to another machine and may hang.
 */
const LOCAL_TYPES = new Set([
  'bcachefs',
  'btrfs',
  'erofs',
  'exfat',
  'ext2',
  'ext3',
  'ext4',
  'f2fs',
  'iso9660',
  'jfs',
  'nilfs2',
  'overlay',
  'reiserfs',
  'squashfs',
  'ubifs',
  'udf',
  'vfat',
  'xfs',
  'zfs',
]);

/** Paths below `root` (no leading slash) where a file system is mounted that is not to be read. */
export function foreignMounts(root: string, mountinfo: string = readMountinfo()): Set<string> {
  const prefix = root.endsWith('/') ? root : `${root}/`;
  const types = new Map<string, string>();
  for (const line of mountinfo.split('\n')) {
    // Fields: id parent device root mountpoint options [tags] - type source (proc_pid_mountinfo(5)).
    const [mount = '', file = ''] = line.split(' - ');
    const point = withoutEscapes(mount.split(' ')[4] ?? '');
    // A later mount covers an earlier one.
    if (point.startsWith(prefix) && point.length > prefix.length)
      types.set(point.slice(prefix.length), file.split(' ')[0] ?? '');
  }
  return new Set([...types].filter(([, type]) => !LOCAL_TYPES.has(type)).map(([path]) => path));
}

function readMountinfo(): string {
  try {
    return readFileSync('/proc/self/mountinfo', 'utf8');
  } catch {
    return '';
  }
}

/** Spaces and the like are written as three octal digits. */
function withoutEscapes(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}
