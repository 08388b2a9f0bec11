import type { Route } from '../route.ts';
import { accountRoutes } from './accounts/accounts.ts';
import { trustRuleRoutes } from './accounts/trust-rules.ts';
import { advisoryRoutes } from './advisories/advisories.ts';
import { assetRoutes } from './assets/assets.ts';
import { assetChangeRoutes } from './assets/change.ts';
import { auditRoutes } from './audit/audit.ts';
import { campaignRoutes } from './campaigns/campaigns.ts';
import { channelRoutes } from './channels/channels.ts';
import { attestationRoutes } from './compliance/attestations.ts';
import { complianceRoutes } from './compliance/compliance.ts';
import { deliveryRoutes } from './deliveries/deliveries.ts';
import { clusterRoutes } from './estate/clusters.ts';
import { containerRoutes } from './estate/containers.ts';
import { hostRoutes } from './estate/hosts.ts';
import { imageRoutes } from './estate/images.ts';
import { inventoryRoutes } from './estate/inventories.ts';
import { exceptionRoutes } from './exceptions/index.ts';
import { findingsRoutes } from './findings/index.ts';
import { identityProviderRoutes } from './identity-providers/identity-providers.ts';
import { lessonRoutes } from './lessons/lessons.ts';
import { liveRoutes } from './live/live.ts';
import { metricRoutes } from './metrics/metrics.ts';
import { notificationRuleRoutes } from './notification-rules/notification-rules.ts';
import { objectiveRoutes } from './objectives/objectives.ts';
import { ownershipRoutes } from './ownership/ownership.ts';
import { packageRoutes } from './packages/packages.ts';
import { policyBindingRoutes } from './policies/bindings.ts';
import { policyRoutes } from './policies/policies.ts';
import { registryNotificationRoutes } from './registries/notifications.ts';
import { registryRoutes } from './registries/registries.ts';
import { reportRoutes } from './reports/upload.ts';
import { ownRoutes } from './session/me.ts';
import { providerSignInRoutes } from './session/oidc.ts';
import { passkeyRoutes } from './session/passkeys.ts';
import { sessionRoutes } from './session/session.ts';
import { slaRoutes } from './sla/sla.ts';
import { healthRoutes } from './system/health.ts';
import { openApiRoute } from './system/openapi.ts';
import { metricsRoutes } from './system/prometheus.ts';
import { systemRoutes } from './system/system.ts';
import { grantRoutes } from './teams/grants.ts';
import { teamRoutes } from './teams/teams.ts';
import { ticketRoutes } from './tickets/tickets.ts';
import { trackerRoutes } from './tickets/trackers.ts';
import { webhookRoutes } from './tickets/webhooks.ts';
import { tokenRoutes } from './tokens/tokens.ts';
import { viewRoutes } from './views/views.ts';

const operations: readonly Route[] = [
  ...healthRoutes,
  ...liveRoutes,
  ...metricsRoutes,
  ...systemRoutes,
  ...sessionRoutes,
  ...passkeyRoutes,
  ...providerSignInRoutes,
  ...identityProviderRoutes,
  ...ownRoutes,
  ...accountRoutes,
  ...trustRuleRoutes,
  ...teamRoutes,
  ...grantRoutes,
  ...tokenRoutes,
  ...auditRoutes,
  ...findingsRoutes,
  ...exceptionRoutes,
  ...viewRoutes,
  ...reportRoutes,
  ...assetRoutes,
  ...assetChangeRoutes,
  ...imageRoutes,
  ...hostRoutes,
  ...clusterRoutes,
  ...containerRoutes,
  ...inventoryRoutes,
  ...registryRoutes,
  ...registryNotificationRoutes,
  ...advisoryRoutes,
  ...packageRoutes,
  ...slaRoutes,
  ...ownershipRoutes,
  ...policyRoutes,
  ...policyBindingRoutes,
  ...complianceRoutes,
  ...attestationRoutes,
  ...lessonRoutes,
  ...metricRoutes,
  ...objectiveRoutes,
  ...campaignRoutes,
  ...channelRoutes,
  ...notificationRuleRoutes,
  ...deliveryRoutes,
  ...trackerRoutes,
  ...webhookRoutes,
  ...ticketRoutes,
];

/** Every operation of the API, a folder for each noun. */
export const routes: readonly Route[] = [...operations, openApiRoute(operations)];
