export type { TextEdit } from './check.ts';
export { type ClusterSettings, checkCluster } from './check-cluster.ts';
export { checkMachine, type MachinePart, machineParts } from './check-evidence.ts';
export type { Checked } from './checked.ts';
export {
  type AttackPath,
  type AttackPaths,
  attackPaths,
  type ExploitedImages,
  footholdWords,
} from './cluster/paths/index.ts';
export {
  type Dockerfile,
  packageCommand,
  parseDockerfile,
  type ShellWord,
  type Stage,
} from './dockerfile/index.ts';
export { checkFiles, type ManifestVisitor } from './files/check-files.ts';
export { type CheckFragment, checkReader, checkReaderId } from './files/reader.ts';
export type { MisconfigurationFinding } from './finding.ts';
export { checkImageConfig } from './image-config/check-image.ts';
export { checks } from './registry.ts';
export type { CheckSettings } from './settings.ts';
export type { SubjectKind, Subjects } from './subjects.ts';
export type { ChecksSummary } from './summary.ts';
