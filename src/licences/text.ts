import data from '../../content/licences/texts.json' with { type: 'json' };

/** The words that tell a licence stand at its beginning; copyright files of many parts go on for long. */
const MAX_CHARACTERS = 128 * 1024;

interface KnownText {
  readonly id: string;
  readonly all: readonly string[];
  readonly none?: readonly string[];
}

const knownTexts: readonly KnownText[] = data.texts;

/** The licence whose text this is, by its telling words (content/licences/texts.json). Linear in the text. */
export function licenceOfText(text: string): string | undefined {
  const words = text
    .slice(0, MAX_CHARACTERS)
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, ' ');
  const found = knownTexts.find(
    ({ all, none = [] }) =>
      all.every((phrase) => words.includes(phrase)) && !none.some((phrase) => words.includes(phrase)),
  );
  return found?.id;
}
