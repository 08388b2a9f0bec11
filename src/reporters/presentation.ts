/**
 * A second door to this module: what pages, tables and documents of ours have in common, for renderers of other things than scan reports,
 * so that a reader meets one look.
 */
export { padTo } from './columns.ts';
export { pageStyle } from './html/browser-files.ts';
export { type Markup, markup } from './html/markup.ts';
export { type Assets, pageEnd, pageStart } from './html/page.ts';
export { bar, chip, chips, severityBadge } from './html/sections/parts.ts';
export { uuidOf } from './identity.ts';
export { inChunks, jsonText } from './json-text.ts';
export { severityStyle } from './table/paint.ts';
export { hanging, type Room, roomOf } from './table/view.ts';
export { counted, dateWords } from './wording.ts';
