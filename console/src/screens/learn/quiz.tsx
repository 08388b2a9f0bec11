import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call, wordsOf } from '../../api/api.ts';
import type { AnswerOf } from '../../api/client.ts';
import { queryClient } from '../../api/queries.ts';
import { Button } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { Icon } from '../../components/icon.tsx';
import { Section } from '../../shell/page.tsx';

type Question = AnswerOf<'getLesson'>['quiz'][number];
type Result = AnswerOf<'answerLesson'>['results'][number];

/** The lesson is done when all answers are right; until then it may be tried again. */
export function Quiz({ lesson, questions }: { readonly lesson: string; readonly questions: readonly Question[] }) {
  const [answers, setAnswers] = useState<readonly (number | undefined)[]>(questions.map(() => undefined));
  const send = useMutation({
    mutationFn: () => call('answerLesson', { params: { lesson }, body: { answers: answers.map((one) => one ?? 0) } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['lessons', 'list'] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send.mutate();
  };
  const choose = (index: number, answer: number) => {
    send.reset();
    setAnswers(answers.map((one, at) => (at === index ? answer : one)));
  };
  return (
    <Section title="Questions">
      <form onSubmit={submit} className="flex flex-col gap-5">
        {questions.map((question, index) => (
          <QuestionField
            key={question.question}
            question={question}
            chosen={answers[index]}
            result={send.data?.results[index]}
            onChoose={(answer) => choose(index, answer)}
          />
        ))}
        <div role="status" className="flex flex-wrap items-center gap-3">
          <Button type="submit" look="primary" isBusy={send.isPending} disabled={answers.includes(undefined)}>
            Check the answers
          </Button>
          {send.data && (
            <span>
              {send.data.isCompleted ? 'All right: the lesson is done.' : 'Not all are right. Read why, and try again.'}
            </span>
          )}
          {send.error && <span className="text-bad">{wordsOf(send.error)}</span>}
        </div>
      </form>
    </Section>
  );
}

interface QuestionProps {
  readonly question: Question;
  readonly chosen: number | undefined;
  readonly result: Result | undefined;
  readonly onChoose: (answer: number) => void;
}

function QuestionField({ question: { question, answers }, chosen, result, onChoose }: QuestionProps) {
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1 font-medium">{question}</legend>
      {answers.map((answer, index) => (
        <label
          key={answer}
          className={classNames(
            'flex items-center gap-2 rounded-m border px-3 py-2 hover:bg-hover has-focus-visible:outline-2 has-focus-visible:outline-focus',
            chosen === index ? 'border-accent' : 'border-line',
          )}
        >
          <input
            type="radio"
            className="accent-accent"
            name={question}
            checked={chosen === index}
            onChange={() => onChoose(index)}
          />
          <span className="min-w-0 flex-1">{answer}</span>
        </label>
      ))}
      {result && (
        <p className={classNames('flex items-start gap-1.5 text-small', result.isRight ? 'text-good' : 'text-bad')}>
          <Icon name={result.isRight ? 'check' : 'close'} className="mt-0.5 shrink-0" />
          <span>
            {result.isRight ? 'Right. ' : 'Not right. '}
            <span className="text-muted">{result.why}</span>
          </span>
        </p>
      )}
    </fieldset>
  );
}
