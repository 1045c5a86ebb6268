// The shapes of what a deployment is told, shared by main.bicep and the modules.

@export()
@description('Values by which one environment differs from another. Nothing here can weaken the security baseline.')
type sizing = {
  @description('Replication of the audit trail, for example Standard_ZRS or Standard_GZRS.')
  auditSku: 'Standard_LRS' | 'Standard_ZRS' | 'Standard_GRS' | 'Standard_GZRS'

  @description('Replication of what the Functions host keeps. Without zones of its own, an app that has them would stop with one.')
  runtimeSku: 'Standard_LRS' | 'Standard_ZRS'

  @description('Days for which a signed checkpoint can be neither changed nor deleted. Once locked, it can only grow.')
  @minValue(1)
  @maxValue(146000)
  checkpointDays: int

  @description('Whether these days are locked after the first deployment, for good: neither we nor Azure can take a lock back.')
  lockCheckpoints: bool

  @description('Days for which deleted or overwritten blobs can be restored.')
  @minValue(7)
  @maxValue(365)
  recoveryDays: int

  @description('Days for which logs are kept.')
  @minValue(30)
  @maxValue(730)
  logDays: int

  siteSku: 'Free' | 'Standard'

  @description('Instances that are kept warm for HTTP calls. With zones, Azure keeps two for each further trigger as well.')
  @minValue(0)
  warmInstances: int

  @minValue(40)
  @maxValue(1000)
  maximumInstances: int

  zoneRedundant: bool

  @description('Monthly budget, in the currency of the subscription.')
  @minValue(1)
  budget: int
}

@export()
@description('Auth0 tenant and API, and the organisations for which it may speak (`*` for all).')
type auth0 = {
  domain: string
  audience: string
  organizations: string[]
}

@export()
@description('A further trusted issuer, for example Okta itself.')
type issuer = {
  issuer: string
  audience: string
  organizations: string[]

  @description('Whether its tokens may state e-mail domains of these organisations.')
  trustOrganizationDomains: bool?
}

@export()
@description('An organisation and the e-mail domains whose addresses may host its meetings, where its tokens do not state them, or not rightly.')
type organization = {
  id: string
  emailDomains: string[]
}

@export()
@description('A group and what its members may do.')
type group = {
  name: string
  permissions: string[]
}

@export()
@description('A Zoom account: its ids, the organisations that it serves (`*` for all), and the names of its secrets where they differ from the default ones.')
type zoomAccount = {
  accountId: string
  organizations: string[]
  clientId: string
  sdkClientId: string
  clientSecretName: string?
  sdkClientSecretName: string?
  webhookSecretName: string?
}

@export()
@description('A source of identity events: whose organisations it speaks for (`*` for all), the secret that its calls carry, for Okta its connection at Auth0 and its System Log, and the client that signs people out at Auth0.')
type identitySource = {
  type: 'okta' | 'auth0'
  organizations: string[]
  secretName: string
  connection: string?
  oktaDomain: string?
  tokenSecretName: string?
  managementClientId: string?
  managementSecretName: string?
  managementDomain: string?
}

@export()
@description('A witness that is asked to cosign the audit trails (c2sp.org/tlog-witness): the prefix of its calls, its vkey, and how often it is asked.')
type witness = {
  address: string
  key: string
  interval: string?
}

@export()
@description('A rule over the workspace\'s logs.')
type rule = {
  name: string
  severity: int
  description: string
  query: string

  @description('The column by which each value raises an alert of its own.')
  split: string?

  window: string
  range: string
}
