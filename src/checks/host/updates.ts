import { contentAt, type Evidence, EvidenceMissing, fileAt, need } from '#posture/index.ts';
import type { EvidenceFound } from '../evidence-check.ts';
import { absentExample, entriesOf, fileExample, type HostCheck, hostCheck, processExamples } from './host-check.ts';
import { runsOneOf } from './services.ts';

const APT = '/etc/apt/apt.conf.d';
const UPGRADE = '/usr/bin/unattended-upgrade';
const TIMERS = '/etc/systemd/system/timers.target.wants';

const aptFiles = (value: string) => ({
  processes: processExamples('sshd'),
  files: [
    absentExample(TIMERS),
    fileExample(UPGRADE),
    fileExample(APT, { type: 'directory' }),
    fileExample(`${APT}/20auto-upgrades`, { content: `APT::Periodic::Unattended-Upgrade "${value}";\n` }),
  ],
});

const automatic = hostCheck({
  id: 'host-no-automatic-updates',
  title: 'Security updates are not installed by themselves',
  severity: 'medium',
  rationale: 'Known holes stay open until somebody thinks of them.',
  remediation:
    'Install and switch on `unattended-upgrades`, `dnf-automatic` or the updater of the system; or accept the finding where hosts are replaced instead.',
  controls: ['SI-2'],
  references: ['https://wiki.debian.org/UnattendedUpgrades'],
  pass: [
    aptFiles('1'),
    { processes: processExamples('update_engine'), files: [absentExample(TIMERS), absentExample(APT)] },
  ],
  fail: [aptFiles('0'), { processes: processExamples('sshd'), files: [absentExample(TIMERS), absentExample(APT)] }],
  *find(evidence) {
    if (hasUpdater(evidence) || isUpdatedByApt(evidence)) return;
    yield { message: 'neither unattended-upgrades nor dnf-automatic nor an updater of the system is on' };
  },
});

function hasUpdater(evidence: Evidence): boolean {
  const timers = entriesOf(evidence, TIMERS);
  const isTimed =
    timers !== 'absent' &&
    timers.some(({ path }) =>
      /\/(?:dnf-automatic.{0,16}|dnf5-automatic|rpm-ostreed-automatic|bootc-fetch-apply-updates|transactional-update)\.timer$/.test(
        path,
      ),
    );
  return isTimed || runsOneOf(evidence, /^(?:update_engine|zincati|snapd|updog|kured)$/);
}

/** The last file by name that sets it counts. */
function isUpdatedByApt(evidence: Evidence): boolean {
  const entries = entriesOf(evidence, APT);
  if (entries === 'absent' || fileAt(evidence, UPGRADE) === 'absent') return false;
  const values = entries
    .map(({ path }) => path)
    .sort()
    .flatMap((path) => {
      const text = contentAt(evidence, path);
      return [...text.matchAll(/^\s{0,8}APT::Periodic::Unattended-Upgrade\s{1,8}"(\w{1,16})"/gm)].map(
        ([, value]) => value,
      );
    });
  const last = values.at(-1) ?? '0';
  return last !== '0' && last !== 'false';
}

const changed = hostCheck({
  id: 'host-changed-package-files',
  title: 'Programs or libraries differ from what their packages brought',
  severity: 'high',
  rationale: 'A program that was exchanged is a back door, or gets none of the updates of its package.',
  remediation: 'Find out who changed the files, then install the package again: `apt install --reinstall PACKAGE`.',
  controls: ['SI-7', 'SI-7(1)', 'CM-5'],
  references: ['https://man7.org/linux/man-pages/man1/dpkg.1.html'],
  pass: [{ packageFiles: { compared: 31_204, changed: [] } }],
  fail: [{ packageFiles: { compared: 31_204, changed: [{ path: '/usr/bin/ssh', package: 'openssh-client' }] } }],
  *find({ packageFiles }) {
    const { changed: files, incomplete } = need(packageFiles);
    const byPackage = Map.groupBy(files, (file) => file.package);
    for (const [name, some] of byPackage)
      yield changedOf(
        name,
        some.map(({ path }) => path),
      );
    if (incomplete !== undefined) throw new EvidenceMissing(`not all files of packages were compared: ${incomplete}`);
  },
});

function changedOf(name: string, paths: readonly string[]): EvidenceFound {
  return {
    message: `${listed(paths)} ${paths.length > 1 ? 'differ' : 'differs'} from the package ${name}`,
    remediation: `Find out who changed it, then run \`apt install --reinstall ${name}\`.`,
    resource: { kind: 'package', name },
  };
}

function listed(paths: readonly string[]): string {
  const more = paths.length > 3 ? ` and ${paths.length - 3} more` : '';
  return `${paths.slice(0, 3).join(', ')}${more}`;
}

const writable = hostCheck({
  id: 'host-writable-by-everybody',
  title: 'Everybody may write to a file or directory of the system',
  severity: 'high',
  rationale: 'Whoever is on the host, or has the directory mounted in a container, changes what root runs.',
  remediation: 'Take the right away: `chmod o-w`.',
  controls: ['AC-3', 'AC-6'],
  references: ['https://man7.org/linux/man-pages/man1/chmod.1.html'],
  pass: [{ systemTree: { looked: 90_000, writable: [], unowned: [] } }],
  fail: [{ systemTree: { looked: 90_000, writable: ['/usr/local/bin/deploy.sh'], unowned: [] } }],
  *find({ systemTree }) {
    const { writable: paths, incomplete } = need(systemTree);
    for (const path of paths)
      yield {
        message: `everybody may write to ${path}`,
        remediation: `Run \`chmod o-w ${path}\`.`,
        resource: { kind: 'file', name: path },
      };
    if (incomplete !== undefined) throw new EvidenceMissing(`not all of the system was looked at: ${incomplete}`);
  },
});

const unowned = hostCheck({
  id: 'host-files-without-owner',
  title: 'A file of the system belongs to no user',
  severity: 'low',
  rationale: 'The next account that gets the number owns the file.',
  remediation: 'Give the file to root, or remove it.',
  controls: ['AC-3'],
  references: ['https://man7.org/linux/man-pages/man1/chown.1.html'],
  pass: [{ systemTree: { looked: 90_000, writable: [], unowned: [] } }],
  fail: [{ systemTree: { looked: 90_000, writable: [], unowned: ['/opt/tool/bin/run'] } }],
  *find({ systemTree }) {
    const { unowned: paths, incomplete } = need(systemTree);
    for (const path of paths) yield { message: `${path} belongs to no user`, resource: { kind: 'file', name: path } };
    if (incomplete !== undefined) throw new EvidenceMissing(`not all of the system was looked at: ${incomplete}`);
  },
});

export const updateChecks: readonly HostCheck[] = [automatic, changed, writable, unowned];
