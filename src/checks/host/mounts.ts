import { contentAt, type Evidence, fileAt, type Mount, need } from '#posture/index.ts';
import { absentExample, fileExample, type HostCheck, hostCheck } from './host-check.ts';

const MANUAL = 'https://man7.org/linux/man-pages/man8/mount.8.html';
const WANTED = ['nodev', 'nosuid', 'noexec'];

interface Row {
  readonly id: string;
  readonly path: string;
  readonly title: string;
}

const rows: readonly Row[] = [
  { id: 'host-mount-tmp', path: '/tmp', title: 'Programs can be started from /tmp' },
  { id: 'host-mount-var-tmp', path: '/var/tmp', title: 'Programs can be started from /var/tmp' },
  { id: 'host-mount-shared-memory', path: '/dev/shm', title: 'Programs can be started from /dev/shm' },
];

const ofRows = rows.map(({ id, path, title }) =>
  hostCheck({
    id,
    title,
    severity: 'low',
    rationale: 'Everybody may write there: it is where intruders put their tools and start them.',
    remediation: `Give \`${path}\` a file system of its own that is mounted with \`nodev,nosuid,noexec\`.`,
    controls: ['CM-7', 'CM-6'],
    references: [MANUAL],
    pass: [{ mounts: [mountExample('/', []), mountExample(path, WANTED)] }],
    fail: [
      { mounts: [mountExample('/', [])] },
      { mounts: [mountExample('/', []), mountExample(path, ['nodev'])] },
      { mounts: [mountExample(path, WANTED), mountExample(path, [])] },
    ],
    *find(evidence) {
      const mount = mountAt(evidence, path);
      if (mount === undefined) yield { message: `${path} has no file system of its own` };
      const lacking = mount ? WANTED.filter((option) => !mount.options.includes(option)) : [];
      if (lacking.length > 0)
        yield {
          message: `${path} is mounted without ${lacking.join(', ')}`,
          remediation: `Run \`mount -o remount,${WANTED.join(',')} ${path}\` and write the options to \`/etc/fstab\`.`,
        };
    },
  }),
);

/** What is mounted there last hides what was before. */
function mountAt({ mounts }: Evidence, path: string): Mount | undefined {
  return need(mounts).findLast(({ target }) => target === path);
}

function mountExample(target: string, options: readonly string[]): object {
  return { target, root: '/', type: 'ext4', source: '/dev/sda1', options: ['rw', ...options] };
}

const OSTREE = '/run/ostree-booted';

const writableSystem = hostCheck({
  id: 'host-writable-system',
  title: 'Programs of the system can be changed in place',
  severity: 'low',
  rationale: 'What an intruder changes below /usr survives restarts, and the host is no longer what was tested.',
  remediation: 'Use an image-based system, or mount `/usr` read-only and replace hosts to update them.',
  controls: ['CM-5', 'SI-7'],
  references: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
  pass: [
    {
      mounts: [mountExample('/', []), { ...mountExample('/usr', []), options: ['ro'] }],
      files: [absentExample(OSTREE)],
    },
    { mounts: [mountExample('/', [])], files: [fileExample(OSTREE)] },
  ],
  fail: [{ mounts: [mountExample('/', [])], files: [absentExample(OSTREE)] }],
  *find(evidence) {
    const mount = mountAt(evidence, '/usr') ?? mountAt(evidence, '/');
    if (mount?.options.includes('ro') || fileAt(evidence, OSTREE) !== 'absent') return;
    yield { message: `${mount?.target ?? '/'}, which /usr is on, is mounted for writing` };
  },
});

const swap = hostCheck({
  id: 'host-plain-swap',
  title: 'Memory is swapped to a disk that is not encrypted',
  severity: 'low',
  rationale: 'Keys and data of containers land on a disk and stay there after the machine is switched off.',
  remediation: 'Switch swap off (`swapoff -a`, and take it out of `/etc/fstab`), or encrypt it with a random key.',
  controls: ['SC-28', 'SC-4'],
  references: ['https://man7.org/linux/man-pages/man8/swapon.8.html'],
  pass: [
    { files: [fileExample('/proc/swaps', { content: 'Filename\tType\tSize\tUsed\tPriority\n' })] },
    { files: [fileExample('/proc/swaps', { content: 'Filename Type Size\n/dev/zram0 partition 1024 0 100\n' })] },
  ],
  fail: [{ files: [fileExample('/proc/swaps', { content: 'Filename Type Size\n/swapfile file 1024 0 -2\n' })] }],
  *find(evidence) {
    const content = contentAt(evidence, '/proc/swaps');
    const places =
      content === 'absent'
        ? []
        : content
            .split('\n')
            .slice(1)
            .map((line) => line.split(/\s/)[0] ?? '');
    // Whether a mapped device is encrypted is not seen from here.
    for (const place of places)
      if (place !== '' && !/^\/dev\/(?:zram|dm-|mapper\/)/.test(place)) yield { message: `${place} is used for swap` };
  },
});

export const mountChecks: readonly HostCheck[] = [...ofRows, writableSystem, swap];
