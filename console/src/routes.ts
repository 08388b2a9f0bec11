import { accountRoute } from './screens/account/route.ts';
import { administrationRoute, administrationSectionRoute } from './screens/administration/route.ts';
import { alertsRoute } from './screens/alerts/route.ts';
import { complianceRoute, frameworkRoute } from './screens/compliance/route.ts';
import { designRoute } from './screens/design/route.ts';
import { exceptionsRoute } from './screens/exceptions/route.ts';
import { findingsRoute } from './screens/findings/route.ts';
import { homeRoute, inboxRoute } from './screens/inbox/route.ts';
import { assetRoute, inventoryRoute } from './screens/inventory/route.ts';
import { learnRoute, lessonRoute } from './screens/learn/route.ts';
import { mapRoute } from './screens/map/route.ts';
import { metricsRoute } from './screens/metrics/route.ts';
import { pipelinesRoute } from './screens/pipelines/route.ts';
import { policiesRoute } from './screens/policies/route.ts';
import { signInRoute } from './screens/sign-in/route.ts';
import { welcomeRoute } from './screens/welcome/route.ts';
import { consoleRoute, rootRoute } from './shell/root-route.tsx';

/** Every screen, one line each; its place in the navigation is a line in shell/navigation.ts. */
export const routeTree = rootRoute.addChildren([
  signInRoute,
  welcomeRoute,
  consoleRoute.addChildren([
    homeRoute,
    inboxRoute,
    findingsRoute,
    alertsRoute,
    exceptionsRoute,
    complianceRoute,
    frameworkRoute,
    mapRoute,
    metricsRoute,
    learnRoute,
    lessonRoute,
    pipelinesRoute,
    inventoryRoute,
    assetRoute,
    policiesRoute,
    administrationRoute,
    administrationSectionRoute,
    accountRoute,
    designRoute,
  ]),
]);
