import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AnchorHit, FileWish, PathPattern, Reader } from '#artifact/index.ts';
import { memoryContent } from '#foundation/index.ts';
import { Profile } from './profile.ts';
import { FileReader } from './readers.ts';

const maxBytes = 1e9;
const anywhere: PathPattern = { kind: 'content', is: ['text'], maxBytes };

function anchored(id: string, anchors: readonly string[], files: readonly PathPattern[] = [anywhere]): Reader {
  const read = (_file: unknown, hits: readonly AnchorHit[] = []) => ({
    fragment: hits.map(({ anchor, offset }) => `${anchors[anchor]}@${offset}`),
    problems: [],
  });
  return { id, revision: 1, files, anchors, read };
}

function readAll(readers: readonly Reader[], content: string, wanted = readers, profile?: Profile) {
  const reader = new FileReader(readers, profile);
  const wishes = wanted.flatMap(({ id, files }) => files.map((pattern): FileWish => ({ reader: id, pattern })));
  const readings = reader.read({ path: 'a', mode: 0o644, wishes, content: memoryContent(Buffer.from(content)) });
  return { readings, problems: reader.problems().map(({ code }) => code) };
}

const colours = anchored('colours', ['red', 'blue']);
const moods = anchored('moods', ['blue', 'glad']);

test('each reader gets the hits of its own anchors, in order, whatever their case', () => {
  const { readings } = readAll([colours, moods], 'Blue is not red. GLAD!');
  assert.deepEqual(readings, { colours: ['blue@0', 'red@12'], moods: ['blue@0', 'glad@17'] });
});

test('a reader none of whose anchors occurs is not asked and leaves no trace', () => {
  assert.deepEqual(readAll([colours, moods], 'red').readings, { colours: ['red@0'] });
  assert.equal(readAll([colours, moods], 'green').readings, undefined);
});

test('a reader that did not want the file gets nothing', () => {
  assert.deepEqual(readAll([colours, moods], 'blue', [moods]).readings, { moods: ['blue@0'] });
});

test('a file wanted by name is remembered as read even when nothing is in it', () => {
  const named = anchored('named', ['red'], [{ kind: 'name', name: 'a', maxBytes }]);
  assert.deepEqual(readAll([named], 'green').readings, { named: null });
});

test('what lies across the borders of pieces is found once', () => {
  const piece = 1024 * 1024;
  const content = `${' '.repeat(piece - 1)}red${' '.repeat(piece - 5)}blue`;
  assert.deepEqual(readAll([colours], content).readings, {
    colours: [`red@${piece - 1}`, `blue@${2 * piece - 3}`],
  });
});

test('a file of nothing but anchors is cut, and that is said', () => {
  const { readings, problems } = readAll([colours], 'red '.repeat(60_000));
  const found = readings?.['colours'];
  assert.equal(Array.isArray(found) && found.length, 50_000);
  assert.deepEqual(problems, ['search-hit-limit']);
});

test('a profile counts files, bytes and the common search', () => {
  const profile = new Profile();
  readAll([colours, moods], 'red', [colours, moods], profile);
  const costs = profile.costs().map(({ reader, files, bytes }) => [reader, files, bytes]);
  assert.deepEqual(costs.sort(), [
    ['anchor-search', 1, 3],
    ['colours', 1, 3],
  ]);
});
