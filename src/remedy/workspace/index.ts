export { applyEdits, type FileEdit } from './edit.ts';
export { type ProjectFile, readProjectFile } from './project-file.ts';
