/** What only a chart's template says: its values, its release, its named templates. Other programs' templates inside texts are data. */
const CHART_WORDS =
  /\{\{-?[^{}\n]{0,200}(?:\.(?:Values|Release|Chart|Capabilities|Template)\b|\b(?:include|template|define) ["'`])/;

/** Whether the file is written for Helm, and says nothing of what would be applied. */
export function writesTemplate(text: string): boolean {
  return text.includes('{{') && CHART_WORDS.test(text);
}

/** `name: {{ name }}` is valid YAML: a mapping in a mapping's key. */
export function isUnrendered(text: string, offset: number): boolean {
  return text.startsWith('{', offset) && (text[offset - 1] === '{' || text[offset + 1] === '{');
}
