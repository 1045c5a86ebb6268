// Lists and objects as .NET configuration reads them from environment variables: `Prefix__0__Name`.

import { auth0, group, identitySource, issuer, organization, witness, zoomAccount } from 'types.bicep'

func list(prefix string, values string[]) object =>
  toObject(range(0, length(values)), i => '${prefix}__${i}', i => values[i])

func merge(parts object[]) object => reduce(parts, {}, (all, part) => union(all, part))

@export()
func auth0Settings(tenant auth0) object =>
  union(
    {
      Auth0__Domain: tenant.domain
      Auth0__Audience: tenant.audience
    },
    list('Auth0__Organizations', tenant.organizations)
  )

@export()
func issuerSettings(issuers issuer[]) object =>
  merge(map(
    range(0, length(issuers)),
    i =>
      union(
        {
          'Identity__Issuers__${i}__Issuer': issuers[i].issuer
          'Identity__Issuers__${i}__Audience': issuers[i].audience
          'Identity__Issuers__${i}__TrustOrganizationDomains': string(issuers[i].?trustOrganizationDomains ?? false)
        },
        list('Identity__Issuers__${i}__Organizations', issuers[i].organizations)
      )
  ))

@export()
func organizationSettings(organizations organization[]) object =>
  merge(map(
    range(0, length(organizations)),
    i =>
      union(
        { 'Organizations__${i}__Id': organizations[i].id },
        list('Organizations__${i}__EmailDomains', organizations[i].emailDomains)
      )
  ))

@export()
func groupSettings(groups group[]) object =>
  merge(map(
    range(0, length(groups)),
    i =>
      union(
        { 'Authorization__Groups__${i}__Name': groups[i].name },
        list('Authorization__Groups__${i}__Permissions', groups[i].permissions)
      )
  ))

@export()
func zoomSettings(accounts zoomAccount[]) object =>
  merge(map(
    range(0, length(accounts)),
    i =>
      union(
        {
          'Zoom__Accounts__${i}__AccountId': accounts[i].accountId
          'Zoom__Accounts__${i}__ClientId': accounts[i].clientId
          'Zoom__Accounts__${i}__SdkClientId': accounts[i].sdkClientId
          'Zoom__Accounts__${i}__ClientSecretName': accounts[i].?clientSecretName ?? 'zoom-client-secret'
          'Zoom__Accounts__${i}__SdkClientSecretName': accounts[i].?sdkClientSecretName ?? 'zoom-sdk-client-secret'
          'Zoom__Accounts__${i}__WebhookSecretName': accounts[i].?webhookSecretName ?? 'zoom-webhook-secret'
        },
        list('Zoom__Accounts__${i}__Organizations', accounts[i].organizations)
      )
  ))

@export()
func identityEventSettings(sources identitySource[]) object =>
  merge(map(
    range(0, length(sources)),
    i =>
      union(
        {
          'IdentityEvents__${i}__Type': sources[i].type
          'IdentityEvents__${i}__SecretName': sources[i].secretName
        },
        sources[i].?connection == null ? {} : { 'IdentityEvents__${i}__Connection': sources[i].connection! },
        sources[i].?oktaDomain == null ? {} : { 'IdentityEvents__${i}__OktaDomain': sources[i].oktaDomain! },
        sources[i].?tokenSecretName == null
          ? {}
          : { 'IdentityEvents__${i}__TokenSecretName': sources[i].tokenSecretName! },
        sources[i].?managementClientId == null
          ? {}
          : { 'IdentityEvents__${i}__ManagementClientId': sources[i].managementClientId! },
        sources[i].?managementSecretName == null
          ? {}
          : { 'IdentityEvents__${i}__ManagementSecretName': sources[i].managementSecretName! },
        sources[i].?managementDomain == null
          ? {}
          : { 'IdentityEvents__${i}__ManagementDomain': sources[i].managementDomain! },
        list('IdentityEvents__${i}__Organizations', sources[i].organizations)
      )
  ))

@export()
func witnessSettings(witnesses witness[]) object =>
  merge(map(range(0, length(witnesses)), i => {
    'Audit__Witnesses__${i}__Address': witnesses[i].address
    'Audit__Witnesses__${i}__Key': witnesses[i].key
    'Audit__Witnesses__${i}__Interval': witnesses[i].?interval ?? '01:00:00'
  }))
