// The audit trail's own account: queue, tables, signed checkpoints that nobody can change, quarantine.

param accountName string
param location string
param tags object

param sku string
param recoveryDays int
param checkpointDays int

@description('Whether the immutability policy is locked. Azure refuses to set a locked one again; it can then only be prolonged.')
param checkpointsLocked bool

param workspaceId string

module storage 'storage.bicep' = {
  params: {
    name: accountName
    location: location
    tags: tags
    sku: sku
    recoveryDays: recoveryDays
    versioning: true
    workspaceId: workspaceId
  }
}

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: accountName

  resource blobs 'blobServices' existing = {
    name: 'default'

    resource checkpoints 'containers' = {
      name: 'audit-checkpoints'
      properties: { publicAccess: 'None' }
      dependsOn: [storage]

      // A template can set the policy but not lock it: that is one command after the first deployment.
      resource immutability 'immutabilityPolicies' = if (!checkpointsLocked) {
        name: 'default'
        properties: {
          immutabilityPeriodSinceCreationInDays: checkpointDays
          allowProtectedAppendWrites: false
          allowProtectedAppendWritesAll: false
        }
      }
    }

    resource quarantine 'containers' = {
      name: 'audit-quarantine'
      properties: { publicAccess: 'None' }
      dependsOn: [storage]
    }
  }

  resource queues 'queueServices' existing = {
    name: 'default'

    resource events 'queues' = {
      name: 'audit-events'
      dependsOn: [storage]
    }

    // The host would make it on demand; made here, the app needs no right to make queues.
    resource poison 'queues' = {
      name: 'audit-events-poison'
      dependsOn: [storage]
    }
  }

  resource tables 'tableServices' existing = {
    name: 'default'

    resource trail 'tables' = {
      name: 'audit'
      dependsOn: [storage]
    }

    resource meetings 'tables' = {
      name: 'meetings'
      dependsOn: [storage]
    }

    resource access 'tables' = {
      name: 'access'
      dependsOn: [storage]
    }

    resource customers 'tables' = {
      name: 'customers'
      dependsOn: [storage]
    }
  }

  resource lifecycle 'managementPolicies' = {
    name: 'default'
    properties: {
      policy: {
        rules: [
          {
            // Versioning would keep what was replayed, personal data included, for ever.
            name: 'forget-replayed-quarantine'
            type: 'Lifecycle'
            enabled: true
            definition: {
              filters: { blobTypes: ['blockBlob'], prefixMatch: ['audit-quarantine/'] }
              actions: { version: { delete: { daysAfterCreationGreaterThan: recoveryDays } } }
            }
          }
        ]
      }
    }
    dependsOn: [storage]
  }
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = {
  scope: account
  name: 'keep-the-trail'
  properties: {
    level: 'CanNotDelete'
    notes: 'The audit trail must outlive mistakes. Remove this lock by hand to take an environment down.'
  }
  dependsOn: [storage]
}
