export { applyEdits, type FileEdit } from './edit.ts';
export type { ProjectFile } from './project-file.ts';
export { ProjectFiles } from './project-files.ts';
