export { type DirectoryOptions, type DirectorySource, walkDirectory } from './walk-directory.ts';
