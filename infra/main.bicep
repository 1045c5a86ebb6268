// SecureZoom in one resource group. Read it as the list of what exists; environments differ by parameters only.

import { auth0, group, identitySource, issuer, organization, sizing, witness, zoomAccount } from 'modules/types.bicep'
import {
  auth0Settings
  groupSettings
  identityEventSettings
  issuerSettings
  organizationSettings
  witnessSettings
  zoomSettings
} from 'modules/settings.bicep'

@description('Name of the environment, for tags.')
param environmentName string

param location string = resourceGroup().location

@description('Static Web Apps exist in a few regions only; its files are served from everywhere.')
param siteLocation string = 'westeurope'

@description('Domain of the site, which a CNAME leads to its default one; empty for that one.')
param siteDomain string = ''

@description('Domain of the API, which leads to the function app; empty for its own. What Zoom calls survives a move then.')
param apiDomain string = ''

param size sizing

@description('Tenant that signs people in.')
param identityProvider auth0

@description('Further trusted issuers.')
param issuers issuer[] = []

@description('Organisations whose e-mail domains are stated here, whatever tokens say.')
param organizations organization[] = []

@description('What groups may do; empty for the defaults of the app.')
param groups group[] = []

@description('Organisation whose platform operators may read every trail; empty for none.')
param operatorOrganization string = ''

@description('Whether hosting needs a token that was issued after multi-factor authentication.')
param hostRequiresMfa bool = false

@description('Whose identity events are taken, and whose people they may put out.')
param identityEvents identitySource[] = []

@minLength(1)
param zoomAccounts zoomAccount[]

@description('How long records of the audit trail are kept, such as 730.00:00:00; empty for ever.')
param auditRetainFor string = ''

@description('Name of the audit log: it stays what it was where a trail is gone on with elsewhere; empty for the name of the app.')
param auditOrigin string = ''

@description('Who is asked to cosign the audit trails, if anybody.')
param witnesses witness[] = []

@description('Addresses that alerts go to.')
@minLength(1)
param alertEmails string[]

@description('Addresses of webhooks that alerts go to as well, separated by spaces.')
@secure()
param alertWebhooks string = ''

@description('Whether the immutability policy of the checkpoints is locked, as it is after the first deployment.')
param checkpointsLocked bool = false

@description('First day of the month of the first deployment, for example 2026-12-01. Azure refuses another one later.')
param budgetStart string

var unique = uniqueString(resourceGroup().id)
var names = {
  identity: 'id-securezoom-${unique}'
  workspace: 'log-securezoom-${unique}'
  component: 'appi-securezoom-${unique}'
  runtime: 'strun${unique}'
  audit: 'staudit${unique}'
  vault: 'kv-${unique}'
  site: 'stapp-securezoom-${unique}'
  plan: 'plan-securezoom-${unique}'
  app: 'func-securezoom-${unique}'
}
var tags = { 'azd-env-name': environmentName, application: 'securezoom' }
var siteUrl = 'https://${empty(siteDomain) ? site.properties.defaultHostname : siteDomain}'
var apiUrl = empty(apiDomain) ? app.outputs.url : 'https://${apiDomain}/api'

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: names.identity
  location: location
  tags: tags
}

// Where logs and telemetry go. Both refuse keys: what writes here signs in.
resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: names.workspace
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: size.logDays
    features: {
      disableLocalAuth: true
      enableLogAccessUsingOnlyResourcePermissions: true
    }
  }
}

resource component 'Microsoft.Insights/components@2020-02-02' = {
  name: names.component
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    IngestionMode: 'LogAnalytics'
    DisableLocalAuth: true
    DisableIpMasking: false
  }
}

resource workspaceDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: workspace
  name: 'to-workspace'
  properties: {
    workspaceId: workspace.id
    logs: [{ categoryGroup: 'audit', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

// It calls the function app directly: the proxy of a linked backend would replace the caller's token. It takes no diagnostic settings.
resource site 'Microsoft.Web/staticSites@2024-04-01' = {
  name: names.site
  location: siteLocation
  tags: tags
  sku: { name: size.siteSku, tier: size.siteSku }
  properties: {
    allowConfigFileUpdates: true
    // A preview would be a second origin, which the function app does not know.
    stagingEnvironmentPolicy: 'Disabled'
    publicNetworkAccess: 'Enabled'
  }
}

resource domain 'Microsoft.Web/staticSites/customDomains@2024-04-01' = if (!empty(siteDomain)) {
  parent: site
  // Azure looks at the name also where there is none.
  name: empty(siteDomain) ? 'securezoom.example' : siteDomain
  properties: { validationMethod: 'cname-delegation' }
}

module runtime 'modules/runtime.bicep' = {
  params: {
    accountName: names.runtime
    location: location
    tags: tags
    sku: size.runtimeSku
    recoveryDays: 7
    workspaceId: workspace.id
  }
}

module audit 'modules/audit.bicep' = {
  params: {
    accountName: names.audit
    location: location
    tags: tags
    sku: size.auditSku
    recoveryDays: size.recoveryDays
    checkpointDays: size.checkpointDays
    checkpointsLocked: checkpointsLocked
    workspaceId: workspace.id
  }
}

module vault 'modules/vault.bicep' = {
  params: {
    name: names.vault
    location: location
    tags: tags
    workspaceId: workspace.id
  }
}

module access 'modules/access.bicep' = {
  params: {
    // So what-if cannot tell the assignments' names; a name without it would clash when the identity was made anew.
    #disable-next-line what-if-short-circuiting
    principalId: identity.properties.principalId
    runtimeAccountName: names.runtime
    auditAccountName: names.audit
    vaultName: names.vault
    componentName: names.component
  }
  dependsOn: [component, runtime, audit, vault]
}

module app 'modules/app.bicep' = {
  params: {
    name: names.app
    planName: names.plan
    location: location
    tags: tags
    identityId: identity.id
    siteUrl: siteUrl
    packagesUri: 'https://${names.runtime}.blob.${environment().suffixes.storage}/packages'
    warmInstances: size.warmInstances
    maximumInstances: size.maximumInstances
    zoneRedundant: size.zoneRedundant
    workspaceId: workspace.id
    settings: union(
      {
        AzureWebJobsDisableHomepage: 'true'
        AzureWebJobsStorage__credential: 'managedidentity'
        AzureWebJobsStorage__clientId: identity.properties.clientId
        AzureWebJobsStorage__blobServiceUri: 'https://${names.runtime}.blob.${environment().suffixes.storage}'
        APPLICATIONINSIGHTS_CONNECTION_STRING: component.properties.ConnectionString
        APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.properties.clientId};Authorization=AAD'
        Audit__Origin: empty(auditOrigin) ? '${names.app}.azurewebsites.net/audit' : auditOrigin
        Audit__credential: 'managedidentity'
        Audit__clientId: identity.properties.clientId
        Audit__blobServiceUri: 'https://${names.audit}.blob.${environment().suffixes.storage}'
        Audit__queueServiceUri: 'https://${names.audit}.queue.${environment().suffixes.storage}'
        Audit__tableServiceUri: 'https://${names.audit}.table.${environment().suffixes.storage}'
        KeyVault__Uri: 'https://${names.vault}${environment().suffixes.keyvaultDns}'
        Site__Url: siteUrl
        Authorization__HostRequiresMfa: string(hostRequiresMfa)
      },
      empty(auditRetainFor) ? {} : { Audit__RetainFor: auditRetainFor },
      empty(operatorOrganization) ? {} : { Authorization__OperatorOrganization: operatorOrganization },
      auth0Settings(identityProvider),
      issuerSettings(issuers),
      organizationSettings(organizations),
      groupSettings(groups),
      identityEventSettings(identityEvents),
      witnessSettings(witnesses),
      zoomSettings(zoomAccounts)
    )
  }
  // The app starts at once: without its roles it would fail until the next start.
  dependsOn: [access]
}

module alerts 'modules/alerts.bicep' = {
  params: {
    location: location
    tags: tags
    workspaceId: workspace.id
    emails: alertEmails
    webhooks: alertWebhooks
    budget: size.budget
    budgetStart: budgetStart
  }
}

module workbook 'modules/workbook.bicep' = {
  params: {
    location: location
    tags: tags
    workspaceId: workspace.id
  }
}

module availability 'modules/availability.bicep' = {
  params: {
    location: location
    tags: tags
    componentId: component.id
    apiUrl: apiUrl
    actionGroupId: alerts.outputs.actionGroupId
  }
}

output API_URL string = apiUrl
output SITE_URL string = siteUrl
output AZURE_FUNCTION_APP_NAME string = names.app
output AZURE_STATIC_WEB_APP_NAME string = names.site
output AZURE_KEY_VAULT_NAME string = names.vault
output AZURE_AUDIT_STORAGE_NAME string = names.audit
output CHECKPOINT_DAYS int = size.checkpointDays
output LOCK_CHECKPOINTS bool = size.lockCheckpoints
