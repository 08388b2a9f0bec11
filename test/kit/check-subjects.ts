import assert from 'node:assert/strict';
import type { SubjectKind, Subjects } from '#checks/index.ts';
import { parseYamlDocuments } from '#manifests/index.ts';
import { type ClusterState, type Evidence, parseClusterState, parseEvidence } from '#posture/index.ts';
import { parseConfig } from '../../src/artifact/image/config.ts';
import { composeFileOf } from '../../src/checks/compose/index.ts';
import { containersIn } from '../../src/checks/container/index.ts';
import { parseDockerfile } from '../../src/checks/dockerfile/index.ts';
import { type KubernetesObject, Manifests } from '../../src/checks/kubernetes/index.ts';

type Parsers = { readonly [Kind in SubjectKind]: (text: string) => Subjects[Kind] };

/** The day on which examples are judged. */
const today = '2026-11-24';

/** How the examples of checks, whole small documents, become subjects. */
const parsers: Parsers = {
  cluster: clusterExample,
  compose: composeExample,
  container: containerExample,
  'docker-host': evidenceExample,
  dockerfile: dockerfileExample,
  host: evidenceExample,
  'image-config': imageConfigExample,
  kubernetes: kubernetesExample,
};

export function exampleSubject<Kind extends SubjectKind>(kind: Kind, text: string): Subjects[Kind] {
  return parsers[kind](text);
}

function dockerfileExample(text: string): Subjects['dockerfile'] {
  const dockerfile = parseDockerfile(text, today);
  assert.deepEqual(dockerfile.faults, [], text);
  return dockerfile;
}

function clusterExample(text: string): ClusterState {
  const state = parseClusterState(text, 'example');
  assert.ok(state.ok, state.ok ? '' : `${state.error}: ${text}`);
  return state.value;
}

function composeExample(text: string): Subjects['compose'] {
  const [document] = parseYamlDocuments(text).documents;
  assert.ok(document, `is YAML:\n${text}`);
  return composeFileOf(document);
}

/** The first object of an example is asked about; the others are what it is applied with. */
function kubernetesExample(text: string): KubernetesObject {
  const { documents, problems } = parseYamlDocuments(text);
  assert.deepEqual(problems, [], text);
  const manifests = new Manifests();
  const [object] = documents.flatMap((document) => manifests.add(document));
  assert.ok(object, `is a manifest:\n${text}`);
  return object;
}

function imageConfigExample(text: string): Subjects['image-config'] {
  const document = parseConfig(Buffer.from(text));
  assert.ok(document.ok, text);
  return { config: document.value.config, today };
}

function evidenceExample(text: string): Evidence {
  const evidence = parseEvidence(text, 'example');
  assert.ok(evidence.ok, evidence.ok ? '' : `${evidence.error}: ${text}`);
  return evidence.value;
}

/** The first container of an example is asked about. */
function containerExample(text: string): Subjects['container'] {
  const [container] = containersIn(evidenceExample(text));
  assert.ok(container, text);
  return container;
}
