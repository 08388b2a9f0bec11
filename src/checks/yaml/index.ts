/** What checks do with YAML files beside reading them: edits that mend them, and the comments that ignore checks. */
export { editListItem, editMember, type Written } from './edit.ts';
export { yamlIgnores } from './ignores.ts';
