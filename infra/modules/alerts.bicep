// What must wake somebody: rules over the workspace's logs, and the budget.

param location string
param tags object
param workspaceId string

@description('Addresses that are told.')
param emails string[]

@description('Addresses of webhooks that are told as well (PagerDuty, Teams), separated by spaces. Whoever knows one can use it.')
@secure()
param webhooks string = ''

param budget int

@description('First day of the month of the first deployment, for example 2026-12-01. Azure refuses another one later.')
param budgetStart string

// What the app writes is found by the ids of its events, which no two messages share.
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

var rules rule[] = [
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
    window: 'P1D'
    range: 'P2D'
  }
  {
    name: 'poison-queue-used'
    severity: 1
    description: 'The queue trigger gave an event up: it is in audit-events-poison. The app says so every five minutes for as long as it is there.'
    query: '''
      union isfuzzy=true
        (AppTraces | where toint(Properties.EventId) == 197),
        (StorageQueueLogs | where Uri has "/audit-events-poison/" and OperationName == "PutMessage" and toint(StatusCode) < 300)
      | count'''
    window: 'PT1H'
    range: 'PT1H'
  }
  {
    name: 'checkpoint-missing'
    severity: 1
    description: 'The trail of some organisation was not signed for two hours. Each is once an hour at the least unless something is wrong with it.'
    query: '''
      union isfuzzy=true AppTraces, AppExceptions
      | where toint(Properties.EventId) in (271, 272, 275)
      | extend Organization = tostring(Properties.Organization), Signed = toint(Properties.EventId) == 275
      | summarize First = min(TimeGenerated), Last = maxif(TimeGenerated, Signed) by Organization
      | where coalesce(Last, First) < ago(2h)
      | summarize Count = count() by Organization'''
    split: 'Organization'
    window: 'P1D'
    range: 'P2D'
  }
  {
    name: 'signing-silent'
    severity: 1
    description: 'No trail at all was signed for two hours, though some have been before: the app or its timer is down. It begins with the first trail.'
    query: '''
      AppTraces
      | where toint(Properties.EventId) == 275
      | summarize Last = max(TimeGenerated)
      | where Last < ago(2h)
      | count'''
    window: 'P1D'
    range: 'P2D'
  }
  {
    name: 'trail-finding'
    severity: 0
    description: 'Something was found wrong with an audit trail: by its signer, by the daily verification of what is old, or by a witness.'
    query: '''
      AppTraces
      | where toint(Properties.EventId) in (211, 222, 271)
      | summarize Count = count() by Organization = coalesce(tostring(Properties.Organization), "-")'''
    split: 'Organization'
    window: 'PT1H'
    range: 'PT1H'
  }
  {
    name: 'witness-conflict'
    severity: 0
    description: 'A witness knows another history of an audit trail than ours.'
    query: '''
      AppTraces
      | where toint(Properties.EventId) == 201
      | summarize Count = count() by Organization = coalesce(tostring(Properties.Organization), "-")'''
    split: 'Organization'
    window: 'PT1H'
    range: 'PT1H'
  }
  {
    name: 'cosignature-taken'
    severity: 1
    description: 'Somebody who can write beside the checkpoints has taken the place of a witness\'s signature, which is kept under another name.'
    query: '''
      AppTraces
      | where toint(Properties.EventId) == 205
      | summarize Count = count() by Organization = coalesce(tostring(Properties.Organization), "-")'''
    split: 'Organization'
    window: 'PT1H'
    range: 'PT1H'
  }
  {
    name: 'ended-access-full'
    severity: 1
    description: 'The list of whom access has ended for is full, cannot be made anew, or was made anew without a trail that verifies.'
    query: '''
      AppTraces
      | where toint(Properties.EventId) in (131, 132, 134)
      | summarize Count = count() by Organization = coalesce(tostring(Properties.Organization), "-")'''
    split: 'Organization'
    window: 'PT1H'
    range: 'PT1H'
  }
  {
    name: 'customer-refused'
    severity: 1
    description: 'A customer\'s row says what none may, or contradicts a setting, which counts instead.'
    query: '''
      AppTraces
      | where toint(Properties.EventId) in (125, 126)
      | summarize Count = count() by Organization = coalesce(tostring(Properties.Organization), "-")'''
    split: 'Organization'
    window: 'PT1H'
    range: 'PT1H'
  }
  {
    name: 'hold-lost'
    severity: 0
    description: 'Somebody has taken a legal hold away that nobody has lifted. Nothing is erased or let go there until it is looked into.'
    query: '''
      AppTraces
      | where toint(Properties.EventId) in (233, 235)
      | summarize Count = count() by Organization = coalesce(tostring(Properties.Organization), "-")'''
    split: 'Organization'
    window: 'PT1H'
    range: 'PT1H'
  }
  {
    name: 'erasure-stopped'
    severity: 1
    description: 'A person is erased in part: a legal hold was met on the way, or erasures could not be carried out, which the timer tries again.'
    query: '''
      union isfuzzy=true AppTraces, AppExceptions
      | where toint(Properties.EventId) in (232, 234, 236)
      | summarize Count = count() by Organization = coalesce(tostring(Properties.Organization), "-")'''
    split: 'Organization'
    window: 'PT1H'
    range: 'PT1H'
  }
  {
    name: 'retention-stopped'
    severity: 2
    description: 'Records that are older than they are kept for stay: findings about their trail are open, or they could not be let go.'
    query: '''
      union isfuzzy=true AppTraces, AppExceptions
      | where toint(Properties.EventId) in (242, 243)
      | summarize Count = count() by Organization = coalesce(tostring(Properties.Organization), "-")'''
    split: 'Organization'
    window: 'P1D'
    range: 'P1D'
  }
  {
    name: 'events-missing'
    severity: 1
    description: 'Events never came off the queue, which their trail says: somebody has deleted messages, or numbers of the account.'
    query: '''
      AppTraces
      | where toint(Properties.EventId) == 195
      | summarize Count = count() by Organization = coalesce(tostring(Properties.Organization), "-")'''
    split: 'Organization'
    window: 'PT1H'
    range: 'PT1H'
  }
  {
    name: 'outcome-lost'
    severity: 1
    description: 'What came of a deed is not on record, since the queue took nothing just then; that it was tried is.'
    query: '''
      AppTraces
      | where toint(Properties.EventId) == 182
      | summarize Count = count() by Organization = coalesce(tostring(Properties.Organization), "-")'''
    split: 'Organization'
    window: 'PT1H'
    range: 'PT1H'
  }
  {
    name: 'storage-changed'
    severity: 0
    description: 'Somebody else has written to our storage: rows, guards, checkpoints or the list of trails are not as the app wrote them.'
    query: '''
      AppTraces
      | where toint(Properties.EventId) in (113, 114, 193, 253, 273, 276)
      | summarize Count = count() by Organization = coalesce(tostring(Properties.Organization), "-")'''
    split: 'Organization'
    window: 'PT1H'
    range: 'PT1H'
  }
  {
    name: 'domain-contested'
    severity: 2
    description: 'An organisation states an e-mail domain that another owns, or one of a public provider, and gets nothing from it.'
    query: '''
      AppTraces
      | where toint(Properties.EventId) in (122, 124)
      | summarize Count = count() by Organization = coalesce(tostring(Properties.Organization), "-")'''
    split: 'Organization'
    window: 'PT1H'
    range: 'PT1H'
  }
  {
    name: 'list-full'
    severity: 1
    description: 'A list that every instance keeps whole is full and takes no more.'
    query: '''
      AppTraces
      | where toint(Properties.EventId) == 112
      | summarize Count = count() by Organization = coalesce(tostring(Properties.Organization), "-")'''
    split: 'Organization'
    window: 'PT1H'
    range: 'PT1H'
  }
  {
    name: 'app-deauthorized'
    severity: 1
    description: 'A Zoom account has taken our app out: none of its meetings can be reached.'
    query: '''
      AppTraces
      | where toint(Properties.EventId) == 144
      | summarize Count = count() by Organization = coalesce(tostring(Properties.Organization), "-")'''
    split: 'Organization'
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
    window: 'PT15M'
    range: 'PT15M'
  }
  {
    name: 'server-errors'
    severity: 1
    description: 'More than 5 % of at least 20 calls ended in a server error.'
    query: '''
      AppRequests
      // The host's rows have an address; those of the worker and of timers are not calls.
      | where isnotempty(Url)
      | summarize Failed = sumif(ItemCount, toint(ResultCode) >= 500), All = sum(ItemCount)
      | where All >= 20
      | project Count = 100.0 * Failed / All'''
    window: 'PT15M'
    range: 'PT15M'
  }
  {
    name: 'vault-denials'
    severity: 1
    description: 'Somebody, or the app after a change of roles, was refused by Key Vault.'
    query: '''
      AZKVAuditLogs
      | extend Caller = tostring(coalesce(Identity.claim.oid, Identity.claim["http://schemas.microsoft.com/identity/claims/objectidentifier"]))
      // Whoever borrows a role waits for it by listing, fifteen minutes at most. The listing of the others is told later by that much.
      | extend Waits = OperationName == "SecretList" and isnotempty(Caller)
      | summarize Denied = countif(HttpStatusCode == 403), LastDenied = maxif(TimeGenerated, HttpStatusCode == 403),
          LetIn = maxif(TimeGenerated, HttpStatusCode == 200) by Caller, Waits
      | where Denied > 0
      | where iff(Waits, LastDenied < ago(20m) and (isnull(LetIn) or LetIn < LastDenied), LastDenied > ago(20m))
      | summarize Count = sum(Denied)'''
    window: 'PT1H'
    range: 'PT1H'
  }
]

// How many are no reason to wake anybody; of all others the first one is.
var thresholds = {
  'server-errors': 5
  'webhook-401-surge': 20
}

// It looks back two days and no further, so that after them it must not be taken for over: it is told again twice a day.
var neverOver = 'signing-silent'

resource actionGroup 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-securezoom'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'securezoom'
    emailReceivers: [for (email, i) in emails: { name: 'email-${i}', emailAddress: email, useCommonAlertSchema: true }]
    webhookReceivers: [
      for (address, i) in filter(split(webhooks, ' '), one => !empty(one)): {
        name: 'webhook-${i}'
        serviceUri: address
        useCommonAlertSchema: true
      }
    ]
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
      autoMitigate: rule.name != neverOver
      ...(rule.name == neverOver ? { muteActionsDuration: 'PT12H' } : {})
      criteria: {
        allOf: [
          {
            query: rule.query
            metricMeasureColumn: 'Count'
            // An alert for each organisation, which names it.
            dimensions: empty(rule.?split) ? [] : [{ name: rule.?split!, operator: 'Include', values: ['*'] }]
            timeAggregation: 'Maximum'
            operator: 'GreaterThan'
            threshold: thresholds[?rule.name] ?? 0
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

output actionGroupId string = actionGroup.id
