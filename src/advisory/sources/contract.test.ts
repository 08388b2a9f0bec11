import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { versionScheme } from '#versions/index.ts';
import type { AdvisorySource, Feed } from '../advisory-source.ts';
import { advisorySources } from './index.ts';
import { osvEcosystems } from './osv/ecosystems/index.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
/** Answers look-ups itself and has no feed to keep in the database. */
const NOT_KEPT = ['debian-mirror'];
/** Enough to see every feed. */
const KEYS = [
  'debian:12',
  'ubuntu:24.04',
  'alpine:3.22',
  'wolfi',
  'chainguard',
  'rhel:9',
  'npm',
  'pypi',
  'nodejs',
  'amzn:2',
  'arch',
  'azurelinux:3',
  'bottlerocket',
  'fedora:42',
  'gentoo',
  'ol:9',
  'photon:5.0',
  '',
];

function feedsOf(source: AdvisorySource): Feed[] {
  return [...new Set(KEYS.flatMap((key) => source.feedsFor(key)))];
}

test('every folder is a registered source, tested, and the other way round', () => {
  const folders = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const names = folders.map((folder) => folder.name).filter((name) => !NOT_KEPT.includes(name));
  assert.deepEqual(names.sort(), advisorySources.map((source) => source.id).sort());
  for (const name of names) assert.ok(existsSync(`${here}${name}/index.test.ts`), `${name} has tests`);
});

test('every source says who it is', () => {
  for (const source of advisorySources) {
    assert.ok(source.title.length > 10 && source.references.length > 0, source.id);
    for (const reference of source.references) assert.match(reference, /^https:\/\//, source.id);
  }
});

test('every feed is named, licensed, addressed and found again by its id', () => {
  const files = new Set<string>();
  for (const source of advisorySources) {
    const feeds = feedsOf(source);
    assert.ok(feeds.length > 0, source.id);
    for (const feed of feeds) {
      const name = `${source.id}/${feed.id}`;
      assert.equal(feed.source, source.id, name);
      assert.match(feed.id, /^[a-z0-9.-]+$/, name);
      assert.ok(feed.license !== '' && feed.attribution !== '' && feed.title !== '', name);
      assert.match(feed.url, /^https:\/\//, name);
      assert.ok(feed.mirrorPaths.length > 0 && feed.maxBytes > 0, name);
      assert.deepEqual(source.feed(feed.id), feed, name);
      for (const ecosystem of feed.ecosystems) {
        assert.ok(
          source.feedsFor(ecosystem).some(({ id }) => id === feed.id),
          `${name} speaks for ${ecosystem}`,
        );
      }
      assert.equal(files.has(`${name}`), false, name);
      files.add(name);
    }
    assert.equal(source.feed('../escape'), undefined);
  }
});

/** Orders made for texts of which nobody knows what orders them: nothing that decides about a vulnerability may use one. */
const GUESSES = new Set(['generic', 'fuzzy']);

test('every ecosystem has a version scheme of its own tool, never a guess', () => {
  for (const { name, scheme } of osvEcosystems) {
    assert.ok(versionScheme(scheme), `${name}: ${scheme}`);
    assert.equal(GUESSES.has(scheme), false, name);
  }
});
