using './main.bicep'
import { sizes } from 'modules/sizes.bicep'

// What belongs to one installation comes from its environment (example.env), so it is not in the repository.

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'development')
param size = sizes[readEnvironmentVariable('SECUREZOOM_SIZE', 'development')]

param identityProvider = {
  domain: readEnvironmentVariable('AUTH0_DOMAIN')
  audience: readEnvironmentVariable('AUTH0_AUDIENCE')
  organizations: json(readEnvironmentVariable('AUTH0_ORGANIZATIONS', '["*"]'))
}

param organizations = json(readEnvironmentVariable('ORGANIZATIONS', '[]'))
param identityEvents = json(readEnvironmentVariable('IDENTITY_EVENTS', '[]'))
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

param witnesses = json(readEnvironmentVariable('AUDIT_WITNESSES', '[]'))

param alertEmails = split(readEnvironmentVariable('ALERT_EMAILS'), ',')
param budgetStart = readEnvironmentVariable('BUDGET_START')
param checkpointsLocked = bool(readEnvironmentVariable('CHECKPOINTS_LOCKED', 'false'))
