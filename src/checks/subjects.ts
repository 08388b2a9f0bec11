import type { ClusterState, Evidence } from '#posture/index.ts';
import type { ComposeFile } from './compose/index.ts';
import type { ContainerSubject } from './container/subject.ts';
import type { Dockerfile } from './dockerfile/document.ts';
import type { ImageConfigSubject } from './image-config/subject.ts';
import type { KubernetesObject } from './kubernetes/index.ts';

/** What checks ask about, by the word in front of a check's id. Each subject's folder declares its shape. */
export interface Subjects {
  readonly cluster: ClusterState;
  readonly compose: ComposeFile;
  readonly container: ContainerSubject;
  readonly 'docker-host': Evidence;
  readonly dockerfile: Dockerfile;
  readonly host: Evidence;
  readonly 'image-config': ImageConfigSubject;
  readonly kubernetes: KubernetesObject;
}

export type SubjectKind = keyof Subjects;
