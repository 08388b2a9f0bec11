import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { startServer } from '../../../test/kit/loopback-server.ts';
import { openFailure, openImage } from '../../../test/kit/open-image.ts';
import { sampleConfig, sha256 } from '../../../test/kit/sample-layout.ts';
import { tarOf } from '../../../test/kit/tar.ts';

const directory = mkdtempSync(join(tmpdir(), 'plimsoll-docker-'));
after(() => rmSync(directory, { recursive: true }));

const layerTar = tarOf([{ name: 'a', body: 'x' }]);
const diffIds = [sha256(layerTar), sha256(layerTar)];
const config = JSON.stringify(sampleConfig('amd64', diffIds));
const id = sha256(config);
const saved = tarOf([
  {
    name: 'manifest.json',
    body: JSON.stringify([{ Config: `${id.slice(7)}.json`, RepoTags: ['app:1'], Layers: ['l.tar', 'l.tar'] }]),
  },
  { name: `${id.slice(7)}.json`, body: config },
  { name: 'l.tar', body: layerTar },
]);

/** Docker's API, as far as it is used, on TCP or a Unix socket. */
function startApi(more: { readonly root?: string; readonly driver?: string } = {}, socketPath?: string) {
  return startServer(
    (request, response) => {
      if (request.url === '/info') response.end(JSON.stringify({ DockerRootDir: more.root, Driver: more.driver }));
      else if (request.url === '/images/app:1/json') response.end(JSON.stringify({ Id: id, RepoTags: ['app:1'] }));
      else if (request.url === '/images/app:1/get') response.end(saved);
      else response.writeHead(404).end('{"message":"No such image"}');
    },
    socketPath === undefined ? {} : { socketPath },
  );
}

/** The files of an overlay2 or vfs engine that holds the image. */
function engineFiles(root: string, driver: string): void {
  const content = join(root, 'image', driver, 'imagedb/content/sha256');
  mkdirSync(content, { recursive: true });
  writeFileSync(join(content, id.slice(7)), config);
  let chain = '';
  for (const [index, diffId] of diffIds.entries()) {
    chain = chain === '' ? diffId : `sha256:${createHash('sha256').update(`${chain} ${diffId}`).digest('hex')}`;
    const entry = join(root, 'image', driver, 'layerdb/sha256', chain.slice(7));
    mkdirSync(entry, { recursive: true });
    writeFileSync(join(entry, 'diff'), diffId);
    writeFileSync(join(entry, 'cache-id'), String(index).repeat(64));
    mkdirSync(join(root, 'overlay2', String(index).repeat(64), 'diff'), { recursive: true });
  }
}

test('an engine elsewhere exports the image', async () => {
  await using api = await startApi({ root: '/', driver: 'overlay2' });
  const image = await openImage('docker:app:1', {
    environment: { DOCKER_HOST: `tcp://${api.host}` },
    spoolDirectory: directory,
  });
  assert.equal(image.scheme, 'docker');
  assert.equal(image.layers[0]?.content.kind, 'file');
  assert.deepEqual(image.tags, ['app:1']);
  await image.close();
});

test('the directories of an engine here are read in place', async () => {
  const [root, socketPath] = [join(directory, 'here'), join(directory, 'here.sock')];
  engineFiles(root, 'overlay2');
  await using api = await startApi({ root, driver: 'overlay2' }, socketPath);
  const image = await openImage('docker:app:1', { environment: { DOCKER_HOST: `unix://${socketPath}` } });
  assert.deepEqual(
    image.layers.map(({ content }) => content.kind === 'directory' && content.path),
    ['0', '1'].map((digit) => join(root, 'overlay2', digit.repeat(64), 'diff')),
  );
  assert.equal(
    api.requests.some(({ path }) => path.endsWith('/get')),
    false,
  );
});

test('files that are not this image are not believed: the engine exports it', async () => {
  const [root, socketPath] = [join(directory, 'odd'), join(directory, 'odd.sock')];
  engineFiles(root, 'overlay2');
  writeFileSync(join(root, 'image/overlay2/layerdb/sha256', diffIds[0]?.slice(7) ?? '', 'cache-id'), '../../../../etc');
  await using api = await startApi({ root, driver: 'overlay2' }, socketPath);
  const image = await openImage('docker:app:1', {
    environment: { DOCKER_HOST: `unix://${socketPath}` },
    spoolDirectory: directory,
  });
  assert.equal(image.layers[0]?.content.kind, 'file');
  assert.equal(
    api.requests.some(({ path }) => path.endsWith('/get')),
    true,
  );
  await image.close();
});

test('the address of the chosen context is used', async () => {
  await using api = await startApi();
  const home = join(directory, 'home');
  const contextId = createHash('sha256').update('far').digest('hex');
  mkdirSync(join(home, '.docker/contexts/meta', contextId), { recursive: true });
  writeFileSync(join(home, '.docker/config.json'), '{"currentContext":"far"}');
  const meta = { Name: 'far', Endpoints: { docker: { Host: `tcp://${api.host}` } } };
  writeFileSync(join(home, '.docker/contexts/meta', contextId, 'meta.json'), JSON.stringify(meta));
  await (await openImage('docker:app:1', { environment: { HOME: home }, spoolDirectory: directory })).close();
});

test('what goes wrong is said', async () => {
  await using api = await startApi();
  await using nonsense = await startServer((_, response) => response.end('<html>'));
  const cases: readonly (readonly [string, string, string])[] = [
    [`tcp://${api.host}`, 'docker:other:1', 'not-found'],
    [`tcp://${api.host}`, 'docker:../../containers/json?x', 'not-found'],
    [`tcp://${nonsense.host}`, 'docker:app:1', 'invalid'],
    ['ssh://user:secret@host', 'docker:app:1', 'unsupported'],
    ['unix:///nonexistent.sock', 'docker:app:1', 'unreachable'],
  ];
  for (const [DOCKER_HOST, target, code] of cases) {
    const error = await openFailure(target, { environment: { DOCKER_HOST } });
    assert.equal(error.code, code, error.message);
    assert.equal(error.message.includes('secret'), false);
  }
});
