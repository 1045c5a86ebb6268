// What must wake somebody: rules over the workspace's logs, and the budget.

param location string
param tags object
param workspaceId string

@description('Addresses that are told.')
param emails string[]

param budget int

@description('First day of the month of the first deployment, for example 2026-12-01. Azure refuses another one later.')
param budgetStart string

var rules = [
  {
    name: 'quarantine-not-empty'
    severity: 1
    description: 'An event could not be recorded within the last two days and has not been replayed since.'
    query: '''
      StorageBlobLogs
      | where Uri has "/audit-quarantine/" and OperationName in ("PutBlob", "DeleteBlob") and toint(StatusCode) < 300
      | summarize arg_max(TimeGenerated, OperationName) by ObjectKey
      | where OperationName == "PutBlob"
      | count'''
    operator: 'GreaterThan'
    threshold: 0
    window: 'P1D'
    range: 'P2D'
  }
  {
    name: 'poison-queue-used'
    severity: 1
    description: 'The queue trigger gave an event up: it is in audit-events-poison.'
    query: '''
      StorageQueueLogs
      | where Uri has "/audit-events-poison/" and OperationName == "PutMessage" and toint(StatusCode) < 300
      | count'''
    operator: 'GreaterThan'
    threshold: 0
    window: 'PT1H'
    range: 'PT1H'
  }
  {
    name: 'checkpoint-missing'
    severity: 1
    description: 'No checkpoint was signed for two hours. They come once an hour at the least unless the log is broken or the app is down.'
    query: '''
      StorageBlobLogs
      | where Uri has "/audit-checkpoints/" and OperationName == "PutBlob" and toint(StatusCode) == 201
      | count'''
    operator: 'LessThan'
    threshold: 1
    window: 'PT2H'
    range: 'PT2H'
  }
  {
    name: 'trail-finding'
    severity: 0
    description: 'Something was found wrong with an audit trail: by its signer, by the daily verification of what is old, or by a witness.'
    query: '''
      AppTraces
      | where SeverityLevel == 4 and Message has_any ("Found in the trail of", "No checkpoint for the trail of", "was not verified whole since")
      | count'''
    operator: 'GreaterThan'
    threshold: 0
    window: 'PT1H'
    range: 'PT1H'
  }
  {
    name: 'witness-conflict'
    severity: 0
    description: 'A witness knows another history of an audit trail than ours.'
    query: '''
      AppTraces
      | where SeverityLevel == 4 and Message has "Of the trail of" and Message has "the witness"
      | count'''
    operator: 'GreaterThan'
    threshold: 0
    window: 'PT1H'
    range: 'PT1H'
  }
  {
    name: 'webhook-401-surge'
    severity: 2
    description: 'Webhooks are refused: a secret was rotated on one side only, clocks differ, or somebody tries signatures.'
    query: '''
      AppRequests
      | where Url has "/api/webhook" and ResultCode == "401"
      | summarize Count = sum(ItemCount)'''
    operator: 'GreaterThan'
    threshold: 20
    window: 'PT15M'
    range: 'PT15M'
  }
  {
    name: 'server-errors'
    severity: 1
    description: 'More than 5 % of at least 20 calls ended in a server error.'
    query: '''
      AppRequests
      | summarize Failed = sumif(ItemCount, toint(ResultCode) >= 500), All = sum(ItemCount)
      | where All >= 20
      | project Count = 100.0 * Failed / All'''
    operator: 'GreaterThan'
    threshold: 5
    window: 'PT15M'
    range: 'PT15M'
  }
  {
    name: 'vault-denials'
    severity: 1
    description: 'Somebody, or the app after a change of roles, was refused by Key Vault.'
    query: '''
      AZKVAuditLogs
      | where HttpStatusCode == 403
      | count'''
    operator: 'GreaterThan'
    threshold: 0
    window: 'PT15M'
    range: 'PT15M'
  }
]

resource actionGroup 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-securezoom'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'securezoom'
    emailReceivers: [for (email, i) in emails: { name: 'email-${i}', emailAddress: email, useCommonAlertSchema: true }]
  }
}

resource logRules 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: {
    name: 'securezoom-${rule.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: rule.name
      description: rule.description
      severity: rule.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: 'PT15M'
      windowSize: rule.window
      overrideQueryTimeRange: rule.range
      // A new workspace has no table before its first row arrives.
      skipQueryValidation: true
      autoMitigate: true
      criteria: {
        allOf: [
          {
            query: rule.query
            metricMeasureColumn: 'Count'
            timeAggregation: 'Maximum'
            operator: rule.operator
            threshold: rule.threshold
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: [actionGroup.id] }
    }
  }
]

resource spending 'Microsoft.Consumption/budgets@2024-08-01' = {
  name: 'securezoom'
  properties: {
    category: 'Cost'
    timeGrain: 'Monthly'
    amount: budget
    timePeriod: { startDate: budgetStart }
    notifications: {
      actual: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 80
        thresholdType: 'Actual'
        contactEmails: []
        contactGroups: [actionGroup.id]
      }
      forecast: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 100
        thresholdType: 'Forecasted'
        contactEmails: []
        contactGroups: [actionGroup.id]
      }
    }
  }
}
