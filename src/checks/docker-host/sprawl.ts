import { asList, asText, memberOf } from '#foundation/documents/index.ts';
import { need } from '#posture/index.ts';
import { hasEnded } from '../container/subject.ts';
import { dockerHostCheck, dockerOf, hit } from './docker-host-check.ts';
import { engineWith } from './examples.ts';

const DAY_MS = 86_400_000;
const IMAGE_DAYS = 30;
const CONTAINER_DAYS = 7;
const NAMED = 5;

const image = (Id: string, day: string) => ({ Id, RepoTags: [`${Id}:1`], Created: Date.parse(day) / 1000 });
const ended = (FinishedAt: string) => ({ Name: '/old', Image: 'a', State: { Status: 'exited', FinishedAt } });

const images = dockerHostCheck({
  id: 'docker-host-image-sprawl',
  cis: '6.1',
  title: 'Old images lie on the machine that no container uses',
  severity: 'low',
  rationale: 'Old images are old holes that can be started.',
  remediation: 'Run `docker image prune --all --filter until=720h` on a schedule.',
  controls: ['CM-7', 'CM-8'],
  references: ['https://docs.docker.com/engine/manage-resources/pruning/'],
  pass: [engineWith({}, { images: [image('a', '2026-01-01')], containers: [{ Image: 'a' }] })],
  fail: [
    engineWith({}, { images: [image('a', '2026-01-01'), image('b', '2026-01-01')], containers: [{ Image: 'a' }] }),
  ],
  find: (evidence) => {
    const engine = dockerOf(evidence);
    const used = new Set(need(engine.containers).map((container) => memberOf(container, 'Image')));
    const before = (Date.parse(evidence.collectedAt) - IMAGE_DAYS * DAY_MS) / 1000;
    const old = need(engine.images).filter(
      (one) => !used.has(memberOf(one, 'Id')) && Number(memberOf(one, 'Created') ?? 0) < before,
    );
    return hit(
      old.length === 0
        ? undefined
        : `${old.length} images older than ${IMAGE_DAYS} days are used by no container: ${named(old.map(imageName))}`,
    );
  },
});

function imageName(one: unknown): string {
  return asText((asList(memberOf(one, 'RepoTags')) ?? [])[0]) ?? asText(memberOf(one, 'Id'))?.slice(0, 19) ?? '';
}

function named(names: readonly string[]): string {
  return names.slice(0, NAMED).join(', ') + (names.length > NAMED ? ', …' : '');
}

const containers = dockerHostCheck({
  id: 'docker-host-container-sprawl',
  cis: '6.2',
  title: 'Containers that ended long ago are still there',
  severity: 'low',
  rationale: 'Their files and variables keep data and secrets that nobody looks after.',
  remediation: 'Run `docker container prune --filter until=168h` on a schedule.',
  controls: ['CM-7', 'CM-8'],
  references: ['https://docs.docker.com/engine/manage-resources/pruning/'],
  pass: [engineWith({}, { containers: [ended('2026-11-23T10:00:00Z'), { State: { Status: 'running' } }] })],
  fail: [engineWith({}, { containers: [ended('2026-10-01T10:00:00Z')] })],
  find: (evidence) => {
    const before = Date.parse(evidence.collectedAt) - CONTAINER_DAYS * DAY_MS;
    const old = need(dockerOf(evidence).containers).filter((one) => hasEnded(one) && endOf(one) < before);
    const names = old.map((one) => (asText(memberOf(one, 'Name')) ?? '').replace(/^\//, ''));
    return hit(
      old.length === 0
        ? undefined
        : `${old.length} containers ended more than ${CONTAINER_DAYS} days ago: ${named(names)}`,
    );
  },
});

function endOf(container: unknown): number {
  return Date.parse(asText(memberOf(memberOf(container, 'State'), 'FinishedAt')) ?? '');
}

export const sprawlChecks = [images, containers];
