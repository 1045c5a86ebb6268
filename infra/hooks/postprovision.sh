#!/usr/bin/env bash
# Runs after the templates: puts the secrets that are missing into Key Vault and locks the checkpoints. Safe to repeat.
# Secrets are typed without echo or made here, and reach the vault through a pipe: never as an argument or in a file.
# Needs AZURE_RESOURCE_GROUP, AZURE_KEY_VAULT_NAME and AZURE_AUDIT_STORAGE_NAME (azd sets them), az signed in, and openssl.
set -euo pipefail

: "${AZURE_RESOURCE_GROUP:?}" "${AZURE_KEY_VAULT_NAME:?}" "${AZURE_AUDIT_STORAGE_NAME:?}"

borrow_role() {
  # On the resource group: the vault's lock would keep an assignment on the vault itself from being removed.
  local scope person
  scope=$(az group show --name "$AZURE_RESOURCE_GROUP" --query id --output tsv)
  person=$(az ad signed-in-user show --query id --output tsv)
  assignment=$(az role assignment create --role 'Key Vault Secrets Officer' --scope "$scope" \
    --assignee-object-id "$person" --assignee-principal-type User --query id --output tsv)
  trap 'az role assignment delete --ids "$assignment"' EXIT
}

list_secrets() { az keyvault secret list --vault-name "$AZURE_KEY_VAULT_NAME" --query '[].name' --output tsv; }

wait_for_role() {
  local deadline=$((SECONDS + 300))
  until present=$(list_secrets 2>/dev/null); do
    if ((SECONDS >= deadline)); then
      echo 'The role on the vault did not take effect within five minutes.' >&2
      exit 1
    fi
    sleep 5
  done
}

is_missing() { ! grep -qx -- "$1" <<<"$present"; }

put() { az keyvault secret set --vault-name "$AZURE_KEY_VAULT_NAME" --name "$1" --file /dev/stdin --output none; }

ask() {
  local name=$1 prompt=$2 value
  is_missing "$name" || return 0
  read -rsp "$prompt: " value
  echo
  if [[ -z $value ]]; then
    echo "$name is still missing; run this again when you have it." >&2
    exit 1
  fi
  printf %s "$value" | put "$name"
}

make_key() {
  is_missing "$1" || return 0
  openssl rand -base64 32 | tr -d '\n' | put "$1"
}

make_signing_key() {
  is_missing "$1" || return 0
  openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 | put "$1"
}

lock_checkpoints() {
  local policy=(--resource-group "$AZURE_RESOURCE_GROUP" --account-name "$AZURE_AUDIT_STORAGE_NAME"
    --container-name audit-checkpoints)
  local state etag
  state=$(az storage container immutability-policy show "${policy[@]}" --query state --output tsv)
  if [[ $state != Locked ]]; then
    etag=$(az storage container immutability-policy show "${policy[@]}" --query etag --output tsv)
    az storage container immutability-policy lock "${policy[@]}" --if-match "$etag" --output none
  fi
  if command -v azd >/dev/null; then azd env set CHECKPOINTS_LOCKED true; fi
}

borrow_role
wait_for_role
ask zoom-client-secret 'Client secret of the Zoom server-to-server app'
ask zoom-sdk-client-secret 'Client secret of the Zoom Meeting SDK app'
ask zoom-webhook-secret "Secret token of the Zoom app's webhooks"
make_key grant-key
make_key cursor-key
make_key audit-message-key
make_key okta-event-hook-secret
make_key auth0-log-stream-secret
make_signing_key audit-checkpoint-key
lock_checkpoints
echo 'The vault holds every secret, and the checkpoints are locked.'
