// What one looks at first: refusals, delays, signatures, checkpoints, and what drives the bill.

param location string
param tags object
param workspaceId string

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, 'securezoom')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'SecureZoom'
    category: 'workbook'
    sourceId: workspaceId
    serializedData: string(loadJsonContent('workbook.json'))
  }
}
