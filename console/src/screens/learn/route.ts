import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { consoleRoute } from '../../shell/root-route.tsx';
import { readLearnSearch } from './search.ts';

export const learnRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/learn',
  validateSearch: readLearnSearch,
  component: lazyRouteComponent(() => import('./learn.tsx'), 'Learn'),
});

export const lessonRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/learn/$lesson',
  component: lazyRouteComponent(() => import('./lesson.tsx'), 'LessonPage'),
});
