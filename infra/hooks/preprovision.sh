#!/usr/bin/env bash
# Runs before the templates: asks for what a deployment has to know, keeps it in azd's environment, and makes the resource group.
# Nothing of it is secret. Safe to repeat: what is known is not asked again, and what Azure remembers is read from there.
# Needs az and azd, both signed in. Without a terminal nothing is asked: the values are taken from environment variables.
set -euo pipefail

: "${AZURE_ENV_NAME:?}" "${AZURE_LOCATION:?}" "${AZURE_SUBSCRIPTION_ID:?}"
AZURE_RESOURCE_GROUP=${AZURE_RESOURCE_GROUP:-rg-securezoom-$AZURE_ENV_NAME}

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

ask_for_what_is_missing() {
  local question name value missing=()
  for question in "${questions[@]}"; do
    name=${question%%|*}
    [[ -z ${!name:-} ]] || continue
    if [[ ! -t 0 ]]; then
      missing+=("  $name: ${question#*|}")
      continue
    fi
    read -rp "${question#*|}: " value
    if [[ -z $value ]]; then
      missing+=("  $name: ${question#*|}")
    else
      azd env set "$name" "$value"
    fi
  done
  if ((${#missing[@]} > 0)); then
    printf 'Still missing; set them by azd env set NAME VALUE, and run this again:\n' >&2
    printf '%s\n' "${missing[@]}" >&2
    exit 1
  fi
}

make_resource_group() {
  azd env set AZURE_RESOURCE_GROUP "$AZURE_RESOURCE_GROUP"
  if [[ $(cloud group exists --name "$AZURE_RESOURCE_GROUP") != true ]]; then
    cloud group create --name "$AZURE_RESOURCE_GROUP" --location "$AZURE_LOCATION" \
      --tags "azd-env-name=$AZURE_ENV_NAME" --output none
  fi
}

# Azure refuses to move a budget's first month.
remember_the_budget() {
  local start
  start=$(cloud resource show --resource-group "$AZURE_RESOURCE_GROUP" --resource-type Microsoft.Consumption/budgets \
    --name securezoom --query properties.timePeriod.startDate --output tsv 2>/dev/null) || start=$(date -u +%Y-%m-01)
  azd env set BUDGET_START "${start:0:10}"
}

# Azure refuses to set a locked policy again.
remember_the_lock() {
  local account state=
  account=$(cloud storage account list --resource-group "$AZURE_RESOURCE_GROUP" \
    --query "[?starts_with(name, 'staudit')].name" --output tsv)
  if [[ -n $account ]]; then
    state=$(cloud storage container immutability-policy show --resource-group "$AZURE_RESOURCE_GROUP" \
      --account-name "$account" --container-name audit-checkpoints --query state --output tsv 2>/dev/null) || state=
  fi
  if [[ $state == Locked ]]; then azd env set CHECKPOINTS_LOCKED true; else azd env set CHECKPOINTS_LOCKED false; fi
}

ask_for_what_is_missing
make_resource_group
remember_the_budget
remember_the_lock
