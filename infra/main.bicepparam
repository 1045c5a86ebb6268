using './main.bicep'
import { sizes } from 'modules/sizes.bicep'

// What belongs to one installation comes from its environment (example.env), so it is not in the repository.

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'development')
param siteDomain = readEnvironmentVariable('SITE_DOMAIN', '')
param apiDomain = readEnvironmentVariable('API_DOMAIN', '')
param size = sizes[readEnvironmentVariable('SECUREZOOM_SIZE', 'development')]

param identityProvider = {
  domain: readEnvironmentVariable('AUTH0_DOMAIN')
  audience: readEnvironmentVariable('AUTH0_AUDIENCE')
  organizations: json(readEnvironmentVariable('AUTH0_ORGANIZATIONS', '["*"]'))
}

param issuers = json(readEnvironmentVariable('ISSUERS', '[]'))
param organizations = json(readEnvironmentVariable('ORGANIZATIONS', '[]'))
param identityEvents = json(readEnvironmentVariable('IDENTITY_EVENTS', '[]'))
param groups = json(readEnvironmentVariable('PERMISSION_GROUPS', '[]'))
param operatorOrganization = readEnvironmentVariable('OPERATOR_ORGANIZATION', '')
param hostRequiresMfa = bool(readEnvironmentVariable('HOST_REQUIRES_MFA', 'false'))

param zoomAccounts = [
  {
    accountId: readEnvironmentVariable('ZOOM_ACCOUNT_ID')
    organizations: ['*']
    clientId: readEnvironmentVariable('ZOOM_CLIENT_ID')
    sdkClientId: readEnvironmentVariable('ZOOM_SDK_CLIENT_ID')
  }
]

param auditOrigin = readEnvironmentVariable('AUDIT_ORIGIN', '')
param auditRetainFor = readEnvironmentVariable('AUDIT_RETAIN_FOR', '')
param witnesses = json(readEnvironmentVariable('AUDIT_WITNESSES', '[]'))

param alertEmails = filter(
  map(split(readEnvironmentVariable('ALERT_EMAILS'), ','), email => trim(email)),
  email => !empty(email)
)
param alertWebhooks = readEnvironmentVariable('ALERT_WEBHOOKS', '')
param budgetStart = readEnvironmentVariable('BUDGET_START')
param checkpointsLocked = bool(readEnvironmentVariable('CHECKPOINTS_LOCKED', 'false'))
