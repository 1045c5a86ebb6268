// The sizes of an environment, by name. SECUREZOOM_SIZE chooses one; hooks/preprovision.sh reads the replication from here.

import { sizing } from 'types.bicep'

@export()
var sizes = {
  // Small, and soon forgotten.
  development: development
  // Zone-redundant, warm, and seven years of checkpoints.
  production: production
}

var development sizing = {
  auditSku: 'Standard_LRS'
  runtimeSku: 'Standard_LRS'
  checkpointDays: 1
  lockCheckpoints: false
  recoveryDays: 7
  logDays: 30
  siteSku: 'Free'
  warmInstances: 0
  maximumInstances: 40
  zoneRedundant: false
  budget: 50
}

var production sizing = {
  auditSku: 'Standard_GZRS'
  runtimeSku: 'Standard_ZRS'
  checkpointDays: 2557
  lockCheckpoints: true
  recoveryDays: 90
  logDays: 365
  siteSku: 'Standard'
  warmInstances: 2
  maximumInstances: 100
  zoneRedundant: true
  budget: 500
}
