// Alert rules over what the app writes, found by the ids of its events, which no two messages share.

import { rule } from 'types.bicep'

@export()
var eventRules rule[] = [
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
]
