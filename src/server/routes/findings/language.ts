import { z } from 'zod';
import { type FindingField, findingLanguage } from '#filter/index.ts';
import { nothing, type Route, route } from '../../route.ts';
import { sort } from './shape.ts';

const field = z.object({
  name: z.string(),
  /** `word`: one of `words`, with an order from the least where it is ordered. */
  type: z.enum(['word', 'pattern', 'text', 'account', 'time', 'number']),
  words: z.array(z.string()),
  isOrdered: z.boolean(),
  /** `none` can be written. */
  isOptional: z.boolean(),
  about: z.string(),
  example: z.string(),
});

function show({ name, type, about, example, ...rest }: (typeof findingLanguage.fields)[number]): z.infer<typeof field> {
  return {
    name,
    type: type.kind,
    words: type.kind === 'word' ? [...type.words] : [],
    isOrdered: type.kind === 'time' || type.kind === 'number' || (type.kind === 'word' && type.isOrdered),
    isOptional: 'isOptional' in rest,
    about,
    example,
  };
}

const language = route({
  id: 'getFindingLanguage',
  method: 'GET',
  path: '/api/v1/findings/language',
  summary: 'Fields, words and orders of filters of findings, for whoever completes or explains them',
  permission: 'findings:read',
  ...nothing,
  answer: z.object({ fields: z.array(field), textField: z.string(), sorts: z.array(z.string()) }),
  async handle() {
    const { fields, textField }: { fields: typeof findingLanguage.fields; textField: FindingField } = findingLanguage;
    return { fields: fields.map(show), textField, sorts: [...sort.unwrap().options] };
  },
});

export const findingLanguageRoutes: readonly Route[] = [language];
