/** YAML and JSON with the place of everything in them, for the checks of manifests. */
export { type TextRange, YamlDocument, type YamlPath } from './document.ts';
export { editListItem, editMember, type Written } from './edit.ts';
export { parseYamlDocuments, type YamlFile } from './parse.ts';
