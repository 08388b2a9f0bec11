import type { Tracker } from '../tracker.ts';
import { github } from './github/index.ts';
import { gitlab } from './gitlab/index.ts';
import { jira } from './jira/index.ts';
import { servicenow } from './servicenow/index.ts';

/** Every place where tickets can be, by id. */
export const trackers: ReadonlyMap<string, Tracker> = new Map(
  [jira, github, gitlab, servicenow].map((tracker) => [tracker.id, tracker]),
);
