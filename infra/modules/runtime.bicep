// What the Functions host keeps for itself, and the package that it runs.

param accountName string
param location string
param tags object

param sku string
param recoveryDays int
param workspaceId string

module storage 'storage.bicep' = {
  params: {
    name: accountName
    location: location
    tags: tags
    sku: sku
    recoveryDays: recoveryDays
    workspaceId: workspaceId
  }
}

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: accountName

  resource blobs 'blobServices' existing = {
    name: 'default'

    resource packages 'containers' = {
      name: 'packages'
      properties: { publicAccess: 'None' }
      dependsOn: [storage]
    }
  }
}
