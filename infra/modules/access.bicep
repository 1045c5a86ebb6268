// Who may do what: the whole list. One principal, the app's identity; each assignment on one resource, with its reason.

@description('Object id of the app\'s identity. It names the assignments: an identity made anew would clash with what is left of the old one.')
param principalId string

param runtimeAccountName string
param auditAccountName string
param vaultName string
param componentName string

var roles = {
  keyVaultSecretsUser: '4633458b-17de-408a-b874-0445c86b69e6'
  monitoringMetricsPublisher: '3913510d-42f4-4e42-8a64-420c390055eb'
  storageBlobDataContributor: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
  storageBlobDataOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  storageQueueDataContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  storageTableDataContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
  storageTableDataReader: '76199698-9eea-4c19-bc75-cec21354c6b6'
}

resource runtime 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: runtimeAccountName
}

resource audit 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: auditAccountName

  resource blobs 'blobServices' existing = {
    name: 'default'

    resource checkpoints 'containers' existing = {
      name: 'audit-checkpoints'
    }

    resource quarantine 'containers' existing = {
      name: 'audit-quarantine'
    }
  }

  resource queues 'queueServices' existing = {
    name: 'default'

    resource events 'queues' existing = {
      name: 'audit-events'
    }

    resource poison 'queues' existing = {
      name: 'audit-events-poison'
    }
  }

  resource tables 'tableServices' existing = {
    name: 'default'

    resource trail 'tables' existing = {
      name: 'audit'
    }

    resource meetings 'tables' existing = {
      name: 'meetings'
    }

    resource access 'tables' existing = {
      name: 'access'
    }

    resource customers 'tables' existing = {
      name: 'customers'
    }
  }
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: vaultName
}

resource component 'Microsoft.Insights/components@2020-02-02' existing = {
  name: componentName
}

resource runtimeBlobs 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: runtime
  name: guid(runtime.id, principalId, roles.storageBlobDataOwner)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.storageBlobDataOwner)
    description: 'The Functions host makes its own containers, leases its locks there and reads the published package.'
  }
}

resource auditEvents 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: audit::queues::events
  name: guid(audit::queues::events.id, principalId, roles.storageQueueDataContributor)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      roles.storageQueueDataContributor
    )
    description: 'Sends events; the trigger measures the queue, receives, extends and ends their invisibility (Update Message, which Message Processor lacks), deletes.'
  }
}

resource auditPoison 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: audit::queues::poison
  name: guid(audit::queues::poison.id, principalId, roles.storageQueueDataContributor)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      roles.storageQueueDataContributor
    )
    description: 'The trigger moves a message here that failed too often; the sweep asks how many there are; an erasure takes a person out of them (Update Message).'
  }
}

resource auditTrail 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: audit::tables::trail
  name: guid(audit::tables::trail.id, principalId, roles.storageTableDataContributor)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      roles.storageTableDataContributor
    )
    description: 'Appends records with their guards, moves the head of a tree, reads.'
  }
}

resource auditMeetings 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: audit::tables::meetings
  name: guid(audit::tables::meetings.id, principalId, roles.storageTableDataContributor)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      roles.storageTableDataContributor
    )
    description: 'Keeps which organisation owns a meeting: reads and writes. No built-in role writes without deleting.'
  }
}

resource auditAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: audit::tables::access
  name: guid(audit::tables::access.id, principalId, roles.storageTableDataContributor)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      roles.storageTableDataContributor
    )
    description: 'Keeps invitations and what was withdrawn: reads, writes, and deletes what has ended.'
  }
}

resource auditCustomers 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: audit::tables::customers
  name: guid(audit::tables::customers.id, principalId, roles.storageTableDataReader)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.storageTableDataReader)
    description: 'Reads what customers have of their own. Operators write it (script/customer): whoever takes over the app adds nobody.'
  }
}

resource auditCheckpoints 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: audit::blobs::checkpoints
  name: guid(audit::blobs::checkpoints.id, principalId, roles.storageBlobDataContributor)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      roles.storageBlobDataContributor
    )
    description: 'Writes new checkpoints, reads and lists them; the immutability policy forbids it to change or delete one.'
  }
}

resource auditQuarantine 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: audit::blobs::quarantine
  name: guid(audit::blobs::quarantine.id, principalId, roles.storageBlobDataContributor)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      roles.storageBlobDataContributor
    )
    description: 'Puts aside what cannot be recorded, lists it for the health check, and takes a person out of it who is erased. Replaying is for people, with a role of their own.'
  }
}

resource vaultSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, principalId, roles.keyVaultSecretsUser)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.keyVaultSecretsUser)
    description: 'Gets secrets and lists their versions, so that earlier enabled ones still verify; never writes.'
  }
}

resource telemetry 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: component
  name: guid(component.id, principalId, roles.monitoringMetricsPublisher)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      roles.monitoringMetricsPublisher
    )
    description: 'Sends telemetry, since Application Insights takes no key.'
  }
}
