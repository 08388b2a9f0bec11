import assert from 'node:assert/strict';
import { parseReference, renderReference } from '#artifact/index.ts';
import { parseChallenges } from '#artifact/registry/challenge.ts';
import { checkRealm } from '#artifact/registry/realm.ts';
import { formatPackageUrl, parsePackageUrl } from '#model/index.ts';
import { checkResult } from '../rules.ts';
import type { FuzzTarget } from '../target.ts';

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}

export const imageReference: FuzzTarget = {
  id: 'image-reference',
  title: 'image references',
  form: 'text',
  seeds: () =>
    [
      'debian',
      'docker.io/library/debian:12',
      'localhost:5000/a/b_c--d.e:tag',
      `ghcr.io/x/y@sha256:${'a'.repeat(64)}`,
      '[::1]:5000/a',
    ].map((name) => Buffer.from(name)),
  run(bytes) {
    const reference = checkResult(parseReference(text(bytes)));
    if (reference === undefined) return;
    const rendered = renderReference(reference);
    assert.deepEqual(checkResult(parseReference(rendered)), reference, `${rendered} means the same`);
    assert.doesNotMatch(reference.repository, /\.\.|^\/|\/\/|\s/, 'a repository is no path that leads elsewhere');
  },
};

export const packageUrl: FuzzTarget = {
  id: 'package-url',
  title: 'package URLs',
  form: 'text',
  seeds: () =>
    [
      'pkg:deb/debian/libssl3@3.0.15-1~deb12u1?arch=amd64&distro=debian-12&upstream=openssl',
      'pkg:npm/%40angular/core@1.0.0#sub/path',
      'pkg:golang/github.com/gorilla/mux@v1.8.0',
      'pkg:rpm/redhat/openssl-libs@3.0.7-27.el9?epoch=1',
    ].map((url) => Buffer.from(url)),
  run(bytes) {
    const url = checkResult(parsePackageUrl(text(bytes)));
    if (url === undefined) return;
    const rendered = formatPackageUrl(url);
    // Percent-encoding may make it longer than what is read.
    if (rendered.length > 8192) return;
    const again = checkResult(parsePackageUrl(rendered));
    assert.ok(again, `${rendered} can be read`);
    assert.equal(formatPackageUrl(again), rendered, 'the canonical form stays');
  },
};

export const registryChallenge: FuzzTarget = {
  id: 'registry-challenge',
  title: 'authentication challenges of registries',
  form: 'text',
  seeds: () =>
    [
      'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:library/debian:pull"',
      'Basic realm="a \\"quoted\\" realm", Bearer realm=https://ghcr.io/token',
    ].map((header) => Buffer.from(header)),
  run(bytes) {
    for (const { scheme, parameters } of parseChallenges(text(bytes))) {
      assert.match(scheme, /^\S+$/);
      assert.equal(scheme, scheme.toLowerCase());
      const policy = {
        registryHost: 'registry-1.docker.io',
        hasCredentials: true,
        plainHttp: false,
        allowedRealms: [],
      };
      const realm = checkResult(checkRealm(parameters['realm'], policy));
      if (realm === undefined) continue;
      assert.equal(realm.protocol, 'https:');
      assert.match(realm.hostname, /(?:^|\.)docker\.io$/, 'a password stays with the registry that it belongs to');
    }
  },
};
