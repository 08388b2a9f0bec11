import { contentAt, type Evidence, EvidenceMissing, need } from '#posture/index.ts';
import { endOfRelease } from '../end-of-life.ts';
import type { EvidenceAnswer } from '../evidence-check.ts';
import { absentExample, entriesOf, fileExample, type HostCheck, hostCheck } from './host-check.ts';

const endOfLife = hostCheck({
  id: 'host-release-end-of-life',
  title: 'The release of the operating system gets no more fixes',
  severity: 'high',
  rationale: 'Holes that are found from now on stay open, also those of the kernel that all containers share.',
  remediation: 'Move to a release that is supported, best by replacing the host.',
  controls: ['SA-22', 'SI-2'],
  references: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
  pass: [{ osRelease: { ID: 'debian', VERSION_ID: '13' } }],
  fail: [{ osRelease: { ID: 'debian', VERSION_ID: '9' } }, { osRelease: { ID: 'ubuntu', VERSION_ID: '18.04' } }],
  *find(evidence) {
    const release = need(evidence.osRelease);
    const [id = '', version = ''] = [release.get('ID'), release.get('VERSION_ID')];
    const end = endOfRelease(id, version, evidence.collectedAt);
    if (end === undefined) throw new EvidenceMissing(`the end of life of ${id} ${version} is not known`);
    if (end.isOver) yield { message: `support of ${end.release} ended on ${end.date}` };
  },
});

const pending = hostCheck({
  id: 'host-kernel-pending',
  title: 'A newer kernel is installed than the one that runs',
  severity: 'medium',
  rationale: 'Fixes of the kernel are in force after a restart only: until then its holes are open to every container.',
  remediation: 'Move the containers away and restart the host.',
  controls: ['SI-2'],
  references: ['https://wiki.debian.org/KernelFAQ'],
  pass: [kernelExample('6.12.48+deb13-amd64', '6.12.41+deb13-amd64', '6.12.48+deb13-amd64')],
  fail: [kernelExample('6.12.9-amd64', '6.12.9-amd64', '6.12.10-amd64')],
  find: pendingAnswer,
});

function pendingAnswer(evidence: Evidence): EvidenceAnswer {
  const { release } = need(evidence.kernel);
  const installed = installedKernels(evidence);
  if (!installed.includes(release)) {
    if (installed.length === 0) return { notApplicable: 'the kernel is not installed on this machine' };
    throw new EvidenceMissing(
      `the kernel that runs, ${release}, is not among the installed ones: ${installed.slice(0, 5).join(', ')}`,
    );
  }
  const flavour = flavourOf(release);
  const newer = installed.filter((other) => flavourOf(other) === flavour && compareReleases(other, release) > 0);
  const newest = newer.toSorted(compareReleases).at(-1);
  return newest === undefined ? [] : [{ message: `${release} runs, and ${newest} is installed` }];
}

/** Where their images are; Fedora and its kin have them beside their modules. */
function installedKernels(evidence: Evidence): string[] {
  const inBoot = entriesOf(evidence, '/boot');
  const images =
    inBoot === 'absent' ? [] : inBoot.flatMap(({ path }) => /^\/boot\/vmlinuz-(\d.{0,100})$/.exec(path)?.[1] ?? []);
  if (images.length > 0) return images;
  const modules = entriesOf(evidence, '/usr/lib/modules');
  return modules === 'absent'
    ? []
    : modules.map(({ path }) => path.slice('/usr/lib/modules/'.length)).filter((name) => /^\d/.test(name));
}

/** `amd64` of `6.12.48+deb13-amd64`: kernels of another flavour are no updates. */
function flavourOf(release: string): string {
  return release.replace(/^[\d.+~-]{0,64}/, '').replace(/\d+/g, '');
}

function compareReleases(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

function kernelExample(running: string, ...installed: readonly string[]): object {
  return {
    kernel: { release: running, version: '#1 SMP', machine: 'x86_64' },
    files: [
      fileExample('/boot', { type: 'directory', mode: '0755' }),
      ...installed.map((release) => fileExample(`/boot/vmlinuz-${release}`)),
    ],
  };
}

const MAX_DAYS = 180;

const age = hostCheck({
  id: 'host-kernel-age',
  title: 'The kernel that runs was built more than half a year ago',
  severity: 'low',
  rationale: 'Dozens of holes are mended in every half year, and some of them let containers out.',
  remediation: 'Update the kernel and restart, or replace the host by one with a current image.',
  controls: ['SI-2', 'RA-5'],
  references: ['https://docs.kernel.org/process/cve.html'],
  pass: [builtExample('#1 SMP PREEMPT_DYNAMIC Debian 6.12.48-1 (2026-09-20)')],
  fail: [
    builtExample('#1 SMP PREEMPT_DYNAMIC Debian 6.12.48-1 (2025-09-20)'),
    builtExample('#45-Ubuntu SMP PREEMPT_DYNAMIC Fri Aug 30 12:02:04 UTC 2024'),
  ],
  *find(evidence) {
    const { release, version } = need(evidence.kernel);
    const built = builtAt(version);
    if (built === undefined) throw new EvidenceMissing(`the kernel ${release} does not say when it was built`);
    const days = Math.floor((Date.parse(evidence.collectedAt) - built) / 86_400_000);
    if (days > MAX_DAYS) yield { message: `${release} was built ${days} days ago` };
  },
});

/** Milliseconds since 1970. */
function builtAt(version: string): number | undefined {
  const text =
    /\((\d{4}-\d{2}-\d{2})\)/.exec(version)?.[1] ??
    /[A-Z][a-z]{2} ([A-Z][a-z]{2} {1,2}\d{1,2}) [\d:]{8} [A-Z]{3,4} (\d{4})/.exec(version)?.slice(1, 3).join(' ');
  const time = text === undefined ? Number.NaN : Date.parse(/^\d{4}-/.test(text) ? text : `${text} UTC`);
  return Number.isNaN(time) ? undefined : time;
}

function builtExample(version: string): object {
  return { kernel: { release: '6.12.48', version, machine: 'x86_64' } };
}

const APPARMOR = '/sys/module/apparmor/parameters/enabled';
const SELINUX = '/sys/fs/selinux/enforce';

const confinement = hostCheck({
  id: 'host-no-mandatory-access-control',
  title: 'Neither AppArmor nor SELinux is enforced',
  severity: 'medium',
  rationale: 'They keep a process that got out of its container, or out of its bounds, from the files of the host.',
  remediation:
    'Switch AppArmor on (`apparmor=1 security=apparmor` for the kernel), or set SELinux to enforcing in `/etc/selinux/config`.',
  controls: ['AC-3', 'SC-39'],
  references: ['https://docs.kernel.org/admin-guide/LSM/index.html'],
  pass: [
    { files: [fileExample(APPARMOR, { content: 'Y\n' }), absentExample(SELINUX)] },
    { files: [absentExample(APPARMOR), fileExample(SELINUX, { content: '1' })] },
  ],
  fail: [
    { files: [absentExample(APPARMOR), absentExample(SELINUX)] },
    { files: [absentExample(APPARMOR), fileExample(SELINUX, { content: '0' })] },
  ],
  *find(evidence) {
    const apparmor = contentAt(evidence, APPARMOR).trim();
    const selinux = contentAt(evidence, SELINUX).trim();
    if (apparmor === 'Y' || selinux === '1') return;
    yield { message: selinux === '0' ? 'SELinux is permissive' : 'neither AppArmor nor SELinux is on' };
  },
});

const LOCKDOWN = '/sys/kernel/security/lockdown';

const lockdown = hostCheck({
  id: 'host-kernel-not-locked',
  title: 'root may change the kernel that runs',
  severity: 'low',
  rationale: 'Whoever is root, also out of a container, hides in the kernel from all that watches the host.',
  remediation: 'Start the kernel with `lockdown=integrity`; with secure boot many distributions do.',
  controls: ['CM-5', 'SI-7'],
  references: ['https://man7.org/linux/man-pages/man7/kernel_lockdown.7.html'],
  pass: [{ files: [fileExample(LOCKDOWN, { content: 'none [integrity] confidentiality\n' })] }],
  fail: [{ files: [fileExample(LOCKDOWN, { content: '[none] integrity confidentiality\n' })] }],
  *find(evidence) {
    const content = contentAt(evidence, LOCKDOWN);
    if (content === 'absent') throw new EvidenceMissing('securityfs is not mounted, or the kernel has no lockdown');
    if (content.includes('[none]')) yield { message: 'lockdown of the kernel is off' };
  },
});

export const kernelChecks: readonly HostCheck[] = [endOfLife, pending, age, confinement, lockdown];
