// What must wake somebody: rules over the workspace's logs, and the budget.

import { rules } from 'rules.bicep'
import { eventRules } from 'eventRules.bicep'

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
  for rule in concat(rules, eventRules): {
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
