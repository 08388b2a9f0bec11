import assert from 'node:assert/strict';
import { detectDistribution, distributionFiles } from '#inventory/index.ts';
import { checkProblems } from '../rules.ts';
import type { FuzzTarget } from '../target.ts';

const SEPARATOR = '=== ';
const ID = /^[a-z0-9][a-z0-9._-]{0,63}$/;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,200}$/;
const VERSION = /^[0-9A-Za-z][0-9A-Za-z._~+-]{0,63}$/;

/** `=== path` begins a file: one input holds all files that are looked at. */
function filesOf(bytes: Uint8Array): Map<string, string> {
  const files = new Map<string, string>();
  let path = 'etc/os-release';
  for (const line of Buffer.from(bytes).toString('utf8').split('\n')) {
    if (line.startsWith(SEPARATOR)) path = line.slice(SEPARATOR.length);
    else files.set(path, `${files.get(path) ?? ''}${line}\n`);
  }
  return files;
}

const known = new Set(distributionFiles.flatMap((pattern) => (pattern.kind === 'path' ? [pattern.path] : [])));

export const distribution: FuzzTarget = {
  id: 'distribution',
  title: 'os-release and other release files',
  form: 'text',
  seeds: () =>
    [
      '=== etc/os-release\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nVERSION="12 (bookworm)"\nVERSION_CODENAME=bookworm\nID=debian\n=== etc/debian_version\n12.9\n',
      '=== etc/os-release\nNAME="Alpine Linux"\nID=alpine\nVERSION_ID=3.22.1\n=== etc/apk/repositories\nhttps://dl-cdn.alpinelinux.org/alpine/v3.22/main\n#https://x/edge/testing\n',
      '=== etc/os-release\nID=ubuntu\nID_LIKE=debian\nVERSION_ID="22.04"\n=== var/lib/ubuntu-advantage/status.json\n{"services":[{"name":"esm-infra","status":"enabled"}]}\n',
      '=== etc/redhat-release\nCentOS Linux release 7.9.2009 (Core)\n=== etc/SuSE-release\nSUSE Linux Enterprise Server 11\nVERSION = 11\nPATCHLEVEL = 4\n',
      "=== etc/lsb-release\nDISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=14.04\nDISTRIB_CODENAME='trusty'\n=== etc/arch-release\n\n",
      '=== etc/os-release\nID="rhel"\nVERSION_ID="9.2"\n=== root/buildinfo/content_manifests/ubi9-container-9.2-755.json\n{"content_sets":["rhel-9-for-x86_64-baseos-rpms"]}\n=== root/buildinfo/Dockerfile-ubi9-9.2-755\nLABEL com.redhat.component="ubi9-container"\n=== usr/share/buildinfo/labels.json\n{"com.redhat.component":"a-container","version":"1","release":"2"}\n',
    ].map((text) => Buffer.from(text)),
  run(bytes) {
    const files = filesOf(bytes);
    const { distribution: found, problems } = detectDistribution(files);
    checkProblems(problems);
    if (found === undefined) return;
    assert.match(found.id, ID);
    if (found.version !== undefined) assert.match(found.version, VERSION);
    if (found.pointRelease !== undefined) assert.match(found.pointRelease, VERSION);
    assert.ok(known.has(found.evidence), found.evidence);
    assert.ok(found.name !== '' && found.name.length < 3000, 'a name of some length');
    assert.ok(found.idLike.length <= 20);
    for (const name of [...(found.contentSets ?? []), ...(found.imageBuilds ?? [])]) assert.match(name, NAME);
  },
};
