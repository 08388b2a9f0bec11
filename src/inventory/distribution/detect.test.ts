import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detectDistribution, distributionFiles } from './detect.ts';

type Files = Readonly<Record<string, string>>;

function detect(files: Files) {
  const paths = distributionFiles.map((pattern) => ('path' in pattern ? pattern.path : ''));
  const isAskedFor = (path: string) => paths.includes(path) || paths.includes(path.slice(0, path.lastIndexOf('/')));
  for (const path of Object.keys(files)) assert.ok(isAskedFor(path), `${path} is asked for`);
  return detectDistribution(new Map(Object.entries(files)));
}

function osRelease(text: string): Files {
  return { 'etc/os-release': text };
}

/** id, version, codename, point release, as one line; `-` for what is absent. */
function summary(files: Files): string {
  const { distribution } = detect(files);
  if (distribution === undefined) return 'none';
  const { id, version = '-', codename = '-', pointRelease = '-', distroless } = distribution;
  return [id, version, codename, pointRelease, ...(distroless ? ['distroless'] : [])].join(' ');
}

const ALPINE = 'NAME="Alpine Linux"\nID=alpine\nVERSION_ID=3.22.1\nPRETTY_NAME="Alpine Linux v3.22"\n';
const apk = (...lines: string[]): Files => ({ 'etc/apk/repositories': `${lines.join('\n')}\n` });
const mirror = 'https://dl-cdn.alpinelinux.org/alpine';

for (const [what, files, expected] of [
  [
    'Debian',
    {
      ...osRelease(
        'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nVERSION="12 (bookworm)"\nVERSION_CODENAME=bookworm\nID=debian\n',
      ),
      'etc/debian_version': '12.9\n',
    },
    'debian 12 bookworm 12.9',
  ],
  [
    'Debian 8, without a field for the code name',
    osRelease('ID=debian\nVERSION_ID="8"\nVERSION="8 (jessie)"\n'),
    'debian 8 jessie -',
  ],
  [
    'Debian testing',
    {
      ...osRelease(
        'PRETTY_NAME="Debian GNU/Linux forky/sid"\nNAME="Debian GNU/Linux"\nVERSION_CODENAME=forky\nID=debian\n',
      ),
      'etc/debian_version': 'forky/sid\n',
    },
    'debian - forky -',
  ],
  ['Debian by debian_version alone', { 'etc/debian_version': '6.0.10\n' }, 'debian 6 - 6.0.10'],
  ['Debian 3.1', { 'etc/debian_version': '3.1\n' }, 'debian 3.1 - 3.1'],
  ['Debian sid by debian_version alone', { 'etc/debian_version': 'sid\n' }, 'debian - sid -'],
  [
    'distroless',
    osRelease(
      'PRETTY_NAME="Distroless"\nNAME="Debian GNU/Linux"\nID="debian"\nVERSION_ID="12"\nVERSION="Debian GNU/Linux 12 (bookworm)"\n',
    ),
    'debian 12 bookworm - distroless',
  ],
  [
    'Ubuntu',
    {
      ...osRelease(
        'NAME="Ubuntu"\nVERSION="22.04.4 LTS (Jammy Jellyfish)"\nID=ubuntu\nID_LIKE=debian\nVERSION_ID="22.04"\nVERSION_CODENAME=jammy\nUBUNTU_CODENAME=jammy\n',
      ),
      'etc/debian_version': 'bookworm/sid\n',
    },
    'ubuntu 22.04 jammy -',
  ],
  [
    'Ubuntu 16.04',
    osRelease('NAME="Ubuntu"\nVERSION="16.04.7 LTS (Xenial Xerus)"\nID=ubuntu\nVERSION_ID="16.04"\n'),
    'ubuntu 16.04 xenial -',
  ],
  [
    'Ubuntu 10.04',
    {
      'etc/lsb-release':
        'DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=10.04\nDISTRIB_CODENAME=lucid\nDISTRIB_DESCRIPTION="Ubuntu 10.04 LTS"\n',
      'etc/debian_version': 'squeeze/sid\n',
    },
    'ubuntu 10.04 lucid -',
  ],
  ['Alpine', osRelease(ALPINE), 'alpine 3.22 - 3.22.1'],
  ['Alpine by alpine-release alone', { 'etc/alpine-release': '3.4.6\n' }, 'alpine 3.4 - 3.4.6'],
  [
    'Alpine edge by its own version',
    osRelease('ID=alpine\nVERSION_ID=3.23.0_alpha20250612\n'),
    'alpine edge - 3.23.0_alpha20250612',
  ],
  [
    'Alpine switched to edge',
    { ...osRelease(ALPINE), ...apk(`${mirror}/edge/main`, `${mirror}/edge/community`) },
    'alpine edge - 3.22.1',
  ],
  [
    'Alpine with repositories of its release',
    { ...osRelease(ALPINE), ...apk(`${mirror}/v3.22/main`, `${mirror}/v3.22/community`) },
    'alpine 3.22 - 3.22.1',
  ],
  [
    'Alpine with tagged and commented edge',
    { ...osRelease(ALPINE), ...apk(`${mirror}/v3.22/main`, `@edge ${mirror}/edge/main`, `#${mirror}/edge/main`) },
    'alpine 3.22 - 3.22.1',
  ],
  [
    'Alpine with edge mixed in',
    { ...osRelease(ALPINE), ...apk(`${mirror}/v3.22/main`, `${mirror}/edge/main`) },
    'alpine 3.22 - 3.22.1',
  ],
  ['Wolfi', osRelease('ID=wolfi\nNAME="Wolfi"\nPRETTY_NAME="Wolfi"\nVERSION_ID="20230201"\n'), 'wolfi - - 20230201'],
  ['Chainguard', osRelease('ID=chainguard\nNAME="chainguard"\nVERSION_ID="20230214"\n'), 'chainguard - - 20230214'],
  ['MinimOS', osRelease('ID=minimos\nNAME="MinimOS"\nVERSION_ID="20241031"\n'), 'minimos - - 20241031'],
  [
    'RHEL',
    osRelease('NAME="Red Hat Enterprise Linux"\nVERSION="9.4 (Plow)"\nID="rhel"\nID_LIKE="fedora"\nVERSION_ID="9.4"\n'),
    'rhel 9.4 - -',
  ],
  ['RHEL 6', { 'etc/redhat-release': 'Red Hat Enterprise Linux Server release 6.10 (Santiago)\n' }, 'rhel 6.10 - -'],
  [
    'CentOS 7',
    {
      ...osRelease('NAME="CentOS Linux"\nVERSION="7 (Core)"\nID="centos"\nVERSION_ID="7"\n'),
      'etc/centos-release': 'CentOS Linux release 7.9.2009 (Core)\n',
    },
    'centos 7 - 7.9.2009',
  ],
  [
    'CentOS 6',
    { 'etc/centos-release': 'CentOS release 6.10 (Final)\n', 'etc/redhat-release': 'CentOS release 6.10 (Final)\n' },
    'centos 6 - 6.10',
  ],
  [
    'CentOS Stream',
    osRelease('NAME="CentOS Stream"\nVERSION="9"\nID="centos"\nVERSION_ID="9"\nPRETTY_NAME="CentOS Stream 9"\n'),
    'centos 9 - -',
  ],
  [
    'Rocky',
    osRelease('NAME="Rocky Linux"\nID="rocky"\nID_LIKE="rhel centos fedora"\nVERSION_ID="9.3"\n'),
    'rocky 9.3 - -',
  ],
  [
    'AlmaLinux by its release file',
    {
      'etc/almalinux-release': 'AlmaLinux release 8.5 (Arctic Sphynx)\n',
      'etc/redhat-release': 'AlmaLinux release 8.5 (Arctic Sphynx)\n',
    },
    'almalinux 8.5 - -',
  ],
  ['Oracle', osRelease('NAME="Oracle Linux Server"\nID="ol"\nVERSION_ID="8.9"\n'), 'ol 8.9 - -'],
  [
    'Oracle by its release file',
    {
      'etc/oracle-release': 'Oracle Linux Server release 6.10\n',
      'etc/redhat-release': 'Red Hat Enterprise Linux Server release 6.10 (Santiago)\n',
    },
    'ol 6.10 - -',
  ],
  [
    'Fedora',
    osRelease('NAME="Fedora Linux"\nVERSION="40 (Container Image)"\nID=fedora\nVERSION_ID=40\nVERSION_CODENAME=""\n'),
    'fedora 40 - -',
  ],
  ['Amazon Linux 1', osRelease('NAME="Amazon Linux AMI"\nID="amzn"\nVERSION_ID="2018.03"\n'), 'amzn 2018.03 - -'],
  ['Amazon Linux 2 by system-release', { 'etc/system-release': 'Amazon Linux release 2 (Karoo)\n' }, 'amzn 2 - -'],
  [
    'Amazon Linux 2023',
    osRelease('NAME="Amazon Linux"\nID="amzn"\nID_LIKE="fedora"\nVERSION_ID="2023"\n'),
    'amzn 2023 - -',
  ],
  ['SLES', osRelease('NAME="SLES"\nVERSION="15-SP5"\nVERSION_ID="15.5"\nID="sles"\nID_LIKE="suse"\n'), 'sles 15.5 - -'],
  ['SLES for SAP', osRelease('NAME="SLES_SAP"\nVERSION_ID="15.5"\nID="sles_sap"\n'), 'sles 15.5 - -'],
  [
    'SLES 11',
    { 'etc/SuSE-release': 'SUSE Linux Enterprise Server 11 (x86_64)\nVERSION = 11\nPATCHLEVEL = 4\n' },
    'sles 11.4 - -',
  ],
  ['SLE Micro', osRelease('NAME="SL-Micro"\nID="sl-micro"\nVERSION_ID="6.0"\n'), 'sle-micro 6.0 - -'],
  [
    'openSUSE Leap',
    osRelease('NAME="openSUSE Leap"\nID="opensuse-leap"\nID_LIKE="suse opensuse"\nVERSION_ID="15.6"\n'),
    'opensuse-leap 15.6 - -',
  ],
  ['openSUSE Leap 42', osRelease('NAME="openSUSE Leap"\nID=opensuse\nVERSION_ID="42.3"\n'), 'opensuse-leap 42.3 - -'],
  [
    'openSUSE 13.2',
    { 'etc/SuSE-release': 'openSUSE 13.2 (x86_64)\nVERSION = 13.2\nCODENAME = Harlequin\n' },
    'opensuse 13.2 - -',
  ],
  ['Tumbleweed', osRelease('ID="opensuse-tumbleweed"\nVERSION_ID="20250110"\n'), 'opensuse-tumbleweed - - 20250110'],
  ['Azure Linux', osRelease('NAME="Microsoft Azure Linux"\nID=azurelinux\nVERSION_ID="3.0"\n'), 'azurelinux 3.0 - -'],
  [
    'distroless Azure Linux',
    { ...osRelease('ID=azurelinux\nVERSION_ID="3.0"\n'), 'var/lib/rpmmanifest/container-manifest-2': 'x' },
    'azurelinux 3.0 - - distroless',
  ],
  ['CBL-Mariner', osRelease('NAME="Common Base Linux Mariner"\nID=mariner\nVERSION_ID="2.0"\n'), 'mariner 2.0 - -'],
  ['CBL-Mariner by its release file', { 'etc/mariner-release': 'CBL-Mariner 1.0.20210622\n' }, 'mariner 1.0 - -'],
  ['Photon', osRelease('NAME="VMware Photon OS"\nID=photon\nVERSION_ID=4.0\n'), 'photon 4.0 - -'],
  [
    'Photon by its release file',
    { 'etc/photon-release': 'VMware Photon Linux 1.0\nPHOTON_BUILD_NUMBER=1\n' },
    'photon 1.0 - -',
  ],
  ['Gentoo', osRelease('NAME=Gentoo\nID=gentoo\nPRETTY_NAME="Gentoo Linux"\nVERSION_ID="2.15"\n'), 'gentoo - - 2.15'],
  ['Gentoo by its release file', { 'etc/gentoo-release': 'Gentoo Base System release 2.15\n' }, 'gentoo - - 2.15'],
  [
    'OpenWrt',
    osRelease('NAME="OpenWrt"\nVERSION="23.05.3"\nID="openwrt"\nVERSION_ID="23.05.3"\n'),
    'openwrt 23.05.3 - -',
  ],
  [
    'OpenWrt by its release file',
    { 'etc/openwrt_release': "DISTRIB_ID='OpenWrt'\nDISTRIB_RELEASE='19.07.10'\nDISTRIB_CODENAME=''\n" },
    'openwrt 19.07.10 - -',
  ],
  ['Slackware', { 'etc/slackware-version': 'Slackware 15.0\n' }, 'slackware 15.0 - -'],
  ['NixOS', osRelease('ID=nixos\nVERSION_ID="24.05"\nVERSION_CODENAME=uakari\n'), 'nixos 24.05 uakari -'],
  ['Void', osRelease('ID="void"\nPRETTY_NAME="Void Linux"\n'), 'void - - -'],
  ['Arch', osRelease('NAME="Arch Linux"\nID=arch\nBUILD_ID=rolling\nVERSION_ID=TEMPLATE_VERSION_ID\n'), 'arch - - -'],
  [
    'Bottlerocket',
    {
      'x86_64-bottlerocket-linux-gnu/sys-root/usr/lib/os-release':
        'NAME=Bottlerocket\nID=bottlerocket\nVERSION_ID=1.19.0\n',
    },
    'bottlerocket 1.19.0 - -',
  ],
  [
    'another distribution',
    { 'usr/lib/os-release': 'ID=kali\nID_LIKE=debian\nVERSION_ID="2024.1"\n' },
    'kali 2024.1 - -',
  ],
  ['a name of JavaScript', osRelease('ID=constructor\nVERSION_ID=1\n'), 'constructor 1 - -'],
  [
    'an os-release without id, beside an older file',
    { ...osRelease('NAME=x\n'), 'etc/centos-release': 'CentOS release 5.11 (Final)\n' },
    'centos 5 - 5.11',
  ],
  ['a hostile lsb-release', { 'etc/lsb-release': 'DISTRIB_ID="../../x"\nDISTRIB_RELEASE=1\n' }, 'none'],
  ['scratch and busybox', {}, 'none'],
  [
    'files that say nothing',
    { ...osRelease('<html>'), 'etc/redhat-release': 'hello', 'etc/debian_version': '\n', 'etc/SuSE-release': '' },
    'none',
  ],
] as const) {
  test(`detects ${what}`, () => assert.equal(summary(files), expected));
}

test('the name for people says the distribution, not only that it is distroless', () => {
  const text =
    'PRETTY_NAME="Distroless"\nNAME="Debian GNU/Linux"\nID="debian"\nVERSION_ID="12"\nVERSION="Debian GNU/Linux 12 (bookworm)"\n';
  assert.equal(detect(osRelease(text)).distribution?.name, 'Debian GNU/Linux 12 (bookworm), distroless');
});

test('what is printed or becomes a path holds nothing else', () => {
  const text = 'ID=debian\nVERSION_ID=12\nVERSION_CODENAME=../../x\nPRETTY_NAME="a\u001b[31m\nb"\nID_LIKE="ok ../x"\n';
  const { distribution } = detect(osRelease(text));
  assert.equal(distribution?.name, 'a [31m b');
  assert.equal(distribution?.codename, undefined);
  assert.deepEqual(distribution?.idLike, ['ok']);
  assert.equal(summary({ 'etc/debian_version': '12/../..\n' }), 'debian - - -');
});

test('names the file that decided, the name for people and its relatives', () => {
  const { distribution } = detect({
    'usr/lib/os-release':
      'ID=Rocky\nNAME="Rocky Linux"\nVERSION="9.3 (Blue Onyx)"\nID_LIKE="rhel centos fedora"\nVERSION_ID=9.3\n',
  });
  assert.equal(distribution?.evidence, 'usr/lib/os-release');
  assert.equal(distribution?.name, 'Rocky Linux 9.3 (Blue Onyx)');
  assert.deepEqual(distribution?.idLike, ['rhel', 'centos', 'fedora']);
});

for (const [what, files, expected] of [
  ['Debian testing', osRelease('ID=debian\nVERSION_CODENAME=forky\n'), 'distribution-unreleased degraded'],
  [
    'mixed Alpine releases',
    { ...osRelease(ALPINE), ...apk(`${mirror}/v3.22/main`, `${mirror}/edge/main`) },
    'distribution-mixed-releases degraded',
  ],
  ['a release without number', osRelease('ID=fedora\n'), 'distribution-version-missing incomplete'],
  ['a number that is none', osRelease('ID=fedora\nVERSION_ID=../../etc\n'), 'distribution-version-missing incomplete'],
  [
    'a number of many digits',
    {
      ...osRelease('ID=alpine\n'),
      'etc/alpine-release': `3.${'2'.repeat(100)}`,
      ...apk(`${mirror}/v3.${'2'.repeat(100)}/main`),
    },
    'distribution-version-missing incomplete',
  ],
] as const) {
  test(`says what it could not tell of ${what}`, () => {
    assert.deepEqual(
      detect(files).problems.map(({ code, effect }) => `${code} ${effect}`),
      [expected],
    );
  });
}

const ubuntu = osRelease('ID=ubuntu\nVERSION_ID="18.04"\n');
const pro = (text: string): Files => ({ ...ubuntu, 'var/lib/ubuntu-advantage/status.json': text });
for (const [what, files, services, problems] of [
  ['none', ubuntu, undefined, []],
  [
    'enabled',
    pro(
      '{"services":[{"name":"esm-infra","status":"enabled"},{"name":"esm-apps","status":"enabled"},{"name":"livepatch","status":"n/a"}]}',
    ),
    ['esm-apps', 'esm-infra'],
    [],
  ],
  ['disabled', pro('{"services":[{"name":"esm-infra","status":"disabled"}]}'), undefined, []],
  ['odd entries', pro('{"services":[null,1,{"name":{},"status":"enabled"},{"status":"enabled"}]}'), undefined, []],
  ['no JSON', pro('{"services":'), undefined, ['ubuntu-pro-unreadable']],
  ['other JSON', pro('[]'), undefined, ['ubuntu-pro-unreadable']],
] as const) {
  test(`reads the status of Ubuntu Pro: ${what}`, () => {
    const found = detect(files);
    assert.deepEqual(found.distribution?.extendedSupport, services);
    assert.deepEqual(
      found.problems.map(({ code }) => code),
      problems,
    );
  });
}

test('content manifests tell the repositories and builds of an image of Red Hat', () => {
  const manifest = (...names: string[]) => JSON.stringify({ metadata: { icm_version: 1 }, content_sets: names });
  const { distribution, problems } = detect({
    ...osRelease('ID="rhel"\nVERSION_ID="9.2"\n'),
    'root/buildinfo/content_manifests/ubi9-container-9.2-755.json': manifest(
      'rhel-9-for-x86_64-baseos-eus-rpms__9_DOT_2',
    ),
    'root/buildinfo/content_manifests/harbour-container-v1.2-3.json': manifest('b-rpms', 'a-rpms', 'no name', 'b-rpms'),
    'root/buildinfo/content_manifests/broken-1-1.json': '{',
    'root/buildinfo/Dockerfile-ubi9-9.2-755': 'FROM x\nLABEL com.redhat.component="ubi9-container" \\\n name="ubi9"\n',
    'root/buildinfo/Dockerfile-tide-old-1.0-7': 'LABEL "com.redhat.component"="tide-container"\n',
    'root/buildinfo/Dockerfile-none-1.0-7': 'FROM scratch\n',
    'usr/share/buildinfo/labels.json': '{"com.redhat.component":"new-container","version":"9.6","release":"17"}',
    'usr/share/buildinfo/content-sets.json': manifest('c-rpms'),
  });
  assert.deepEqual(distribution?.contentSets, [
    'a-rpms',
    'b-rpms',
    'c-rpms',
    'rhel-9-for-x86_64-baseos-eus-rpms__9_DOT_2',
  ]);
  assert.deepEqual(distribution?.imageBuilds, [
    'broken-1-1',
    'harbour-container-v1.2-3',
    'new-container-9.6-17',
    'tide-container-1.0-7',
    'ubi9-container-9.2-755',
  ]);
  assert.deepEqual(
    problems.map(({ code }) => code),
    ['content-manifest-unreadable'],
  );
});
