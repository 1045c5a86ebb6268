// Alert rules over what Azure writes, and over what the app has not written.

import { rule } from 'types.bicep'

@export()
var rules rule[] = [
  {
    name: 'quarantine-not-empty'
    severity: 1
    description: 'An event could not be recorded within the last two days and has not been replayed since.'
    query: '''
      union isfuzzy=true
        (StorageBlobLogs
          | where Uri has "/audit-quarantine/" and OperationName in ("PutBlob", "DeleteBlob") and toint(StatusCode) < 300
          | extend Blob = coalesce(extract("/audit-quarantine/(.+)$", 1, ObjectKey), ObjectKey)),
        // The app's line of the same blob says whose it is.
        (AppTraces
          | where toint(Properties.EventId) == 198
          | extend Blob = tostring(Properties.Blob), OperationName = "PutBlob", Organization = tostring(Properties.Organization))
      | summarize arg_max(TimeGenerated, OperationName), Whose = take_anyif(Organization, isnotempty(Organization)) by Blob
      | where OperationName == "PutBlob"
      | summarize Count = count() by Organization = coalesce(Whose, "-")'''
    split: 'Organization'
    window: 'P1D'
    range: 'P2D'
  }
  {
    name: 'poison-queue-used'
    severity: 1
    description: 'The queue trigger gave an event up: it is in audit-events-poison. The app says whose it is every five minutes for as long as it is there; Azure says it once, of nobody.'
    query: '''
      union isfuzzy=true
        (AppTraces | where toint(Properties.EventId) == 197),
        (StorageQueueLogs | where Uri has "/audit-events-poison/" and OperationName == "PutMessage" and toint(StatusCode) < 300)
      | summarize Count = count() by Organization = coalesce(tostring(Properties.Organization), "-")'''
    split: 'Organization'
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
