import { readdir, readlink } from 'node:fs/promises';
import type { Listener, Process } from '../evidence.ts';
import { type Known, known, missing } from '../known.ts';
import { readSmallText } from './read-text.ts';

const TABLES = ['tcp', 'tcp6', 'udp', 'udp6'] as const;
const MAX_BYTES = 32 * 1024 * 1024;
const MAX_DESCRIPTORS = 4096;

/** Sockets of the machine's own network: the first process is in it, a container need not be. */
export async function collectListeners(root: string, processes: Known<readonly Process[]>): Promise<Known<Listener[]>> {
  const tables = await Promise.all(TABLES.map((name) => readSmallText(`${root}proc/1/net/${name}`, MAX_BYTES)));
  const found = tables.flatMap((text, index) =>
    'known' in text ? parseSockets(text.known, TABLES[index]?.startsWith('tcp') === true ? 'tcp' : 'udp') : [],
  );
  if (tables.every((text) => 'missing' in text)) return missing('/proc/1/net cannot be read');
  const owners =
    'known' in processes ? await ownersOf(root, processes.known, new Set(found.map(({ inode }) => inode))) : new Map();
  return known(
    found.map(({ inode, ...listener }) => {
      const owner: Process | undefined = owners.get(inode);
      return owner === undefined ? listener : { ...listener, pid: owner.pid, program: owner.name };
    }),
  );
}

interface Socket extends Listener {
  readonly inode: string;
}

const TCP_LISTEN = '0A';
const UDP_UNCONNECTED = '07';

/** See proc_pid_net(5). */
export function parseSockets(text: string, protocol: Listener['protocol']): Socket[] {
  const wanted = protocol === 'tcp' ? TCP_LISTEN : UDP_UNCONNECTED;
  return text.split('\n').flatMap((line) => {
    const [, local = '', , state, , , , uid, , inode = ''] = line.trim().split(/\s+/);
    const [address = '', port = ''] = local.split(':');
    if (state !== wanted || !/^(?:[0-9A-F]{8}|[0-9A-F]{32})$/.test(address)) return [];
    return [{ protocol, address: addressOf(address), port: Number.parseInt(port, 16), uid: Number(uid), inode }];
  });
}

/** Words of 32 bits in the byte order of the machine, which is little-endian on all that engines run on but s390x. */
function addressOf(hex: string): string {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) =>
    (word.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16)).reverse(),
  );
  if (bytes.length === 4) return bytes.join('.');
  if (bytes.every((byte) => byte === 0)) return '::';
  const isMapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255;
  if (isMapped) return bytes.slice(12).join('.');
  if (bytes.slice(0, 15).every((byte) => byte === 0) && bytes[15] === 1) return '::1';
  const groups = Array.from({ length: 8 }, (_, index) =>
    (((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0)).toString(16),
  );
  return groups.join(':');
}

async function ownersOf(
  root: string,
  processes: readonly Process[],
  inodes: ReadonlySet<string>,
): Promise<Map<string, Process>> {
  const owners = new Map<string, Process>();
  for (const process of processes) {
    if (process.isKernel) continue;
    const directory = `${root}proc/${process.pid}/fd`;
    const descriptors = await readdir(directory).catch(() => []);
    for (const descriptor of descriptors.slice(0, MAX_DESCRIPTORS)) {
      const inode = /^socket:\[(\d{1,20})\]$/.exec(await readlink(`${directory}/${descriptor}`).catch(() => ''))?.[1];
      if (inode !== undefined && inodes.has(inode) && !owners.has(inode)) owners.set(inode, process);
    }
  }
  return owners;
}
