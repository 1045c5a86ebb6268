#!/usr/bin/env bash
# Runs before the templates: asks for what a deployment has to know, keeps it in azd's environment, makes the resource group, and refuses
# what would fail halfway. Nothing of it is secret. Safe to repeat: what is known is not asked again, what Azure remembers is read there.
# Needs az and azd, both signed in. Without a terminal nothing is asked: the values are taken from environment variables. With
# SECUREZOOM_PREVIEW=true nothing is made in Azure: it only says what would be.
set -euo pipefail

: "${AZURE_ENV_NAME:?}" "${AZURE_LOCATION:?}" "${AZURE_SUBSCRIPTION_ID:?}"
AZURE_RESOURCE_GROUP=${AZURE_RESOURCE_GROUP:-rg-securezoom-$AZURE_ENV_NAME}
size=${SECUREZOOM_SIZE:-development}
sizes=$(dirname "${BASH_SOURCE[0]}")/../modules/sizes.bicep

# Each variable without a default that main.bicepparam or the site reads, and what to ask for.
questions=(
  'AUTH0_DOMAIN|Domain of the Auth0 tenant, such as acme.eu.auth0.com'
  'AUTH0_AUDIENCE|Identifier of the API at Auth0, such as https://api.securezoom.example'
  'AUTH0_CLIENT_ID|Client ID of the single-page application at Auth0'
  'ZOOM_ACCOUNT_ID|Account ID of the Zoom Server-to-Server OAuth app'
  'ZOOM_CLIENT_ID|Client ID of the Zoom Server-to-Server OAuth app'
  'ZOOM_SDK_CLIENT_ID|Client ID of the Zoom Meeting SDK app'
  'ALERT_EMAILS|Addresses that alerts go to, separated by commas'
)

cloud() { az "$@" --subscription "$AZURE_SUBSCRIPTION_ID"; }

# Ids may begin with a hyphen.
remember() { azd env set -- "$1" "$2"; }

refuse() {
  printf '%s\n' "$@" >&2
  exit 1
}

ask_for_what_is_missing() {
  local question name value missing=()
  for question in "${questions[@]}"; do
    name=${question%%|*}
    [[ -z ${!name:-} ]] || continue
    value=
    # By readline: the terminal itself would cut a line off at 4,096 characters.
    if [[ -t 0 ]]; then read -erp "${question#*|}: " value; fi
    if [[ -z $value ]]; then
      missing+=("  $name: ${question#*|}")
    else
      remember "$name" "$value"
    fi
  done
  if ((${#missing[@]} > 0)); then
    refuse 'Still missing; set them by azd env set -- NAME VALUE, and run this again:' "${missing[@]}"
  fi
}

value_of_size() { sed -n "/^var $size sizing /,/^}/s/^  $1: '\{0,1\}\([A-Za-z_0-9]*\)'\{0,1\}\$/\1/p" "$sizes"; }

check_size() {
  [[ -n $(value_of_size auditSku) ]] || refuse "SECUREZOOM_SIZE is '$size'. It is one of: $(sed -n 's/^var \([a-z]*\) sizing .*/\1/p' "$sizes" | xargs)."
}

# What the region lacks is known before anything is made there; where Azure does not say, the deployment itself will.
check_region() {
  local zones=() places skus sku
  if [[ $(value_of_size zoneRedundant) == true ]]; then zones=(--zone-redundant); fi
  if places=$(cloud functionapp list-flexconsumption-locations "${zones[@]}" --query '[].name' --output tsv 2>/dev/null); then
    squeeze "$places" | grep -qx -- "$(squeeze "$AZURE_LOCATION")" ||
      refuse "Flex Consumption${zones:+ with zones} does not exist in $AZURE_LOCATION. It does in:" "$places" 'Choose one by azd env set AZURE_LOCATION NAME.'
  else
    echo "Whether Flex Consumption${zones:+ with zones} exists in $AZURE_LOCATION could not be found out." >&2
  fi
  if skus=$(az rest --method get --output tsv --query "value[?resourceType=='storageAccounts' && kind=='StorageV2'].[locations[0], name]" \
    --url "https://management.azure.com/subscriptions/$AZURE_SUBSCRIPTION_ID/providers/Microsoft.Storage/skus?api-version=2023-05-01" 2>/dev/null); then
    for sku in "$(value_of_size auditSku)" "$(value_of_size runtimeSku)"; do
      squeeze "$skus" | grep -qx -- "$(squeeze "$AZURE_LOCATION$sku")" ||
        refuse "Storage of type $sku does not exist in $AZURE_LOCATION. Choose another region by azd env set AZURE_LOCATION NAME."
    done
  else
    echo "Whether the replication that size $size needs exists in $AZURE_LOCATION could not be found out." >&2
  fi
}

# Regions go by two names, "West Europe" and "westeurope".
squeeze() { tr -d ' \t\r' <<<"$1" | tr '[:upper:]' '[:lower:]'; }

make_resource_group() {
  remember AZURE_RESOURCE_GROUP "$AZURE_RESOURCE_GROUP"
  exists=$(cloud group exists --name "$AZURE_RESOURCE_GROUP")
  if [[ $exists == true ]]; then return; fi
  if [[ ${SECUREZOOM_PREVIEW:-} == true ]]; then refuse "The resource group $AZURE_RESOURCE_GROUP does not exist yet: the first deployment is azd up at a terminal."; fi
  cloud group create --name "$AZURE_RESOURCE_GROUP" --location "$AZURE_LOCATION" \
    --tags "azd-env-name=$AZURE_ENV_NAME" --output none
}

find_account() { # the storage account whose name begins so, and its replication; nothing where there is none
  cloud storage account list --resource-group "$AZURE_RESOURCE_GROUP" --query "[?starts_with(name, '$1')].[name, sku.name]" --output tsv
}

# Azure copies no account into other zones by a template, and shortens no locked policy.
refuse_another_size() {
  local name sku wanted
  wanted=$(value_of_size auditSku)
  IFS=$'\t' read -r name sku <<<"$(find_account staudit)"
  if [[ -n $name && $sku != "$wanted" ]]; then
    refuse "$AZURE_RESOURCE_GROUP holds an environment of another size: its trail is in $sku, and size $size means $wanted." \
      'That cannot be changed in place. Set SECUREZOOM_SIZE back, or make a new environment beside it (docs/operate.md, "Another size").'
  fi
  wanted=$(value_of_size runtimeSku)
  IFS=$'\t' read -r name sku <<<"$(find_account strun)"
  if [[ -n $name && $sku != "$wanted" ]]; then
    refuse "The host's own storage is $sku, and size $size means $wanted. Have Azure convert it, which may take days, and run this again then:" \
      "  az storage account migration start --resource-group $AZURE_RESOURCE_GROUP --account-name $name --sku $wanted --no-wait"
  fi
}

# One that was deleted keeps its name, and its secrets, for 90 days; the templates would stop at it.
recover_the_vault() {
  local name place
  while IFS=$'\t' read -r name place; do
    [[ -n $name ]] || continue
    if [[ ${SECUREZOOM_PREVIEW:-} == true ]]; then
      echo "The vault $name was deleted; a deployment recovers it with its secrets." >&2
    else
      cloud keyvault recover --name "$name" --location "$place" --resource-group "$AZURE_RESOURCE_GROUP" --output none
      echo "The vault $name was deleted. It is back, with its secrets."
    fi
  done < <(az keyvault list-deleted --subscription "$AZURE_SUBSCRIPTION_ID" --resource-type vault --output tsv \
    --query "[?starts_with(name, 'kv-') && contains(properties.vaultId, '/$AZURE_RESOURCE_GROUP/')].[name, properties.location]")
}

# Azure refuses to move a budget's first month.
remember_the_budget() {
  local start
  start=$(cloud resource show --resource-group "$AZURE_RESOURCE_GROUP" --resource-type Microsoft.Consumption/budgets \
    --name securezoom --query properties.timePeriod.startDate --output tsv 2>/dev/null) || start=$(date -u +%Y-%m-01)
  remember BUDGET_START "${start:0:10}"
}

# A workflow is not told them: whoever knows such an address can use it. With ALERT_WEBHOOKS=none there are none any more.
remember_the_webhooks() {
  local addresses=${ALERT_WEBHOOKS:-} code=0
  if [[ -z $addresses ]]; then
    addresses=$(cloud monitor action-group show --resource-group "$AZURE_RESOURCE_GROUP" --name ag-securezoom \
      --query "join(' ', webhookReceivers[].serviceUri)" --output tsv 2>/dev/null) || code=$?
    # az ends with 3 where there is none; whatever else is wrong must not take them away.
    ((code == 0 || code == 3)) || refuse 'Azure does not say where alerts go to. Set ALERT_WEBHOOKS, none for nowhere, or run this again.'
  fi
  if [[ $addresses == none ]]; then addresses=; fi
  remember ALERT_WEBHOOKS "$addresses" >/dev/null
}

# Azure refuses to set a locked policy again.
remember_the_lock() {
  local account state=
  account=$(find_account staudit | cut -f1)
  if [[ -n $account ]]; then
    state=$(cloud storage container immutability-policy show --resource-group "$AZURE_RESOURCE_GROUP" \
      --account-name "$account" --container-name audit-checkpoints --query state --output tsv 2>/dev/null) || state=
  fi
  if [[ $state == Locked ]]; then remember CHECKPOINTS_LOCKED true; else remember CHECKPOINTS_LOCKED false; fi
}

check_size
ask_for_what_is_missing
check_region
make_resource_group
refuse_another_size
recover_the_vault
remember_the_budget
remember_the_webhooks
remember_the_lock
