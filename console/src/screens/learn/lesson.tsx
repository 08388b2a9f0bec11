import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { call } from '../../api/api.ts';
import { Loaded } from '../../components/loaded.tsx';
import { Page, PageBody } from '../../shell/page.tsx';
import { parseMarkdown } from './markdown.ts';
import { Prose } from './prose.tsx';
import { Quiz } from './quiz.tsx';
import { lessonRoute } from './route.ts';

/** One lesson, and the questions at its end. */
export function LessonPage() {
  const { lesson } = lessonRoute.useParams();
  const query = useQuery({
    queryKey: ['lessons', 'one', lesson],
    queryFn: ({ signal }) => call('getLesson', { params: { lesson } }, { signal }),
  });
  const [rule] = query.data?.rules ?? [];
  return (
    <Page
      title={query.data?.title ?? 'Lesson'}
      about={
        <Link className="hover:underline" to="/learn">
          All lessons
        </Link>
      }
      actions={
        rule !== undefined && (
          <Link className="text-link hover:underline" to="/findings" search={{ filter: `is:open rule:${rule}` }}>
            Your findings
          </Link>
        )
      }
    >
      <PageBody width="m">
        <Loaded query={query} rows={12}>
          {({ id, body, quiz }) => (
            <>
              <Prose blocks={parseMarkdown(body)} />
              <Quiz key={id} lesson={id} questions={quiz} />
            </>
          )}
        </Loaded>
      </PageBody>
    </Page>
  );
}
