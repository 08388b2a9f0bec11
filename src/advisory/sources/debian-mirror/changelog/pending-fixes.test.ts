import assert from 'node:assert/strict';
import { test } from 'node:test';
import { condense, type History, parseHistory } from './history.ts';
import { parseChangelog } from './parse.ts';
import { pendingFixes } from './pending-fixes.ts';

const bookworm = { vendor: 'debian', codename: 'bookworm' } as const;

/** One line an entry, newest first: `version distribution CVE…`. */
function history(lines: string, source = 'a'): History {
  const changelog = lines
    .trim()
    .split('\n')
    .map((line) => {
      const [version = '', distribution = '', ...words] = line.trim().split(' ');
      const [name, number] = version.includes('@') ? version.split('@') : [source, version];
      return `${name} (${number}) ${distribution}; urgency=low\n\n  * ${words.join(' ')}\n\n -- A <a@example.org>  Tue, 19 Dec 2023 21:40:13 +0100\n`;
    });
  return condense(parseChangelog(changelog.join('\n')), source, 'source');
}

interface Case {
  readonly title: string;
  readonly log: string;
  readonly installed: string;
  /** `CVE fixed` */
  readonly fixes: readonly string[];
  readonly reaches?: false;
  readonly codename?: string;
}

const cases: readonly Case[] = [
  {
    title: 'only what came after the installed version is pending',
    log: `1-1+deb12u3 bookworm-security CVE-2024-0003
          1-1+deb12u2 bookworm CVE-2024-0002
          1-1+deb12u1 bookworm-security CVE-2024-0001
          1-1 unstable CVE-2020-0001`,
    installed: '1-1+deb12u1',
    fixes: ['CVE-2024-0003 1-1+deb12u3', 'CVE-2024-0002 1-1+deb12u2'],
  },
  {
    title: 'the oldest entry that names it counts',
    log: `1-1+deb12u3 bookworm-security CVE-2024-0001 completed
          1-1+deb12u2 bookworm-security CVE-2024-0001
          1-1 unstable x`,
    installed: '1-1',
    fixes: ['CVE-2024-0001 1-1+deb12u2'],
  },
  {
    title: 'what the installed version names already is not pending',
    log: `1-1+deb12u2 bookworm-security regression of CVE-2024-0001, CVE-2024-0002
          1-1+deb12u1 bookworm-security CVE-2024-0001
          1-1 unstable x`,
    installed: '1-1+deb12u1',
    fixes: ['CVE-2024-0002 1-1+deb12u2'],
  },
  {
    title: 'unstable entries below an upload of a new version came in through it',
    log: `2.4.71-1~deb12u1 bookworm-security rebuild
          2.4.71-1 unstable CVE-2026-0071
          2.4.69-1 unstable CVE-2026-0069
          2.4.68-1 unstable CVE-2026-0068
          2.4.66-1 unstable CVE-2026-0066`,
    installed: '2.4.68-1~deb12u1',
    fixes: ['CVE-2026-0071 2.4.71-1~deb12u1', 'CVE-2026-0069 2.4.71-1~deb12u1'],
  },
  {
    title: 'through the nearest of several uploads',
    log: `3-1~deb12u1 bookworm-security x
          3-1 unstable CVE-2026-0003
          2-1~deb12u1 bookworm-security x
          2-1 unstable CVE-2026-0002
          1-1 unstable x`,
    installed: '1-1',
    fixes: ['CVE-2026-0003 3-1~deb12u1', 'CVE-2026-0002 2-1~deb12u1'],
  },
  {
    title: 'the version that an upload builds upon was in the release itself',
    log: `1-3+deb12u1 bookworm-security CVE-2026-0009
          1-3 unstable CVE-2023-0003
          1-2 unstable CVE-2023-0002`,
    installed: '1-1',
    fixes: ['CVE-2026-0009 1-3+deb12u1', 'CVE-2023-0003 1-3', 'CVE-2023-0002 1-2'],
    reaches: false,
  },
  {
    title: 'moving suite names mean this release',
    log: `1-1+deb12u1 oldstable-security CVE-2024-0001
          1-1 unstable x`,
    installed: '1-1',
    fixes: ['CVE-2024-0001 1-1+deb12u1'],
  },
  {
    title: 'another line of versions under a former name is left out',
    log: `1.19.8-2+deb12u1 bookworm-security CVE-2024-0001
          1.19.8-2 unstable x
          golang@2:1.4-1 unstable CVE-2014-0001`,
    installed: '1.19.8-2',
    fixes: ['CVE-2024-0001 1.19.8-2+deb12u1'],
  },
  {
    title: 'a changelog that is cut short is told',
    log: `1-1+deb12u3 bookworm-security CVE-2024-0003
          1-1+deb12u2 bookworm-security CVE-2024-0002`,
    installed: '1-1',
    fixes: ['CVE-2024-0003 1-1+deb12u3', 'CVE-2024-0002 1-1+deb12u2'],
    reaches: false,
  },
  {
    title: 'an installed version of somebody else takes its place in the order',
    log: `1-2 unstable CVE-2024-0002
          1-1 unstable CVE-2024-0001`,
    installed: '1-1+corp5',
    fixes: ['CVE-2024-0002 1-2'],
  },
  {
    title: 'rebuilds of the binaries are no versions',
    log: `1-1+deb12u1+b1 bookworm CVE-2024-0009
          1-1+deb12u1 bookworm-security CVE-2024-0001
          1-1 unstable x`,
    installed: '1-1',
    fixes: ['CVE-2024-0001 1-1+deb12u1'],
  },
  {
    title: 'Ubuntu: a merge from Debian came in through the upload above',
    log: `3.0.13-0ubuntu3.2 noble-security CVE-2024-0002
          3.0.13-0ubuntu3.1 noble-updates x
          3.0.13-0ubuntu3 noble x
          3.0.13-1 unstable CVE-2024-0001
          3.0.10-1ubuntu1 mantic x`,
    installed: '3.0.10-1ubuntu1',
    fixes: ['CVE-2024-0002 3.0.13-0ubuntu3.2', 'CVE-2024-0001 3.0.13-0ubuntu3'],
    codename: 'noble',
  },
];

for (const { title, log, installed, fixes, reaches = true, codename } of cases) {
  test(title, () => {
    const release = codename === undefined ? bookworm : ({ vendor: 'ubuntu', codename } as const);
    const pending = pendingFixes(history(log), installed, release);
    assert.deepEqual(
      pending.fixes.map(({ id, fixed }) => `${id} ${fixed}`),
      fixes,
    );
    assert.equal(pending.reachesInstalled, reaches);
  });
}

test('a history survives the cache', () => {
  const kept = history('1-1+deb12u1 bookworm-security CVE-2024-0001: crash (Closes: #7) DSA-1-1\n1-1 unstable x');
  assert.deepEqual(parseHistory(JSON.parse(JSON.stringify(kept))), kept);
});

test('what is no history is not taken for one', () => {
  for (const value of [undefined, null, 1, 'x', {}, { entries: 1 }, { entries: [{}] }, { missing: 'x', since: 1 }]) {
    assert.equal(parseHistory(value), undefined);
  }
});
