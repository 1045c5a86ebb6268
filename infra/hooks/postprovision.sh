#!/usr/bin/env bash
# Runs after the templates: puts the secrets that are missing into Key Vault and, where the size says so, locks the checkpoints. Safe to
# repeat: what the vault holds is neither asked for nor made again, so nothing is rotated; days of a locked policy only grow.
# Secrets are typed without echo (without a terminal: taken from environment variables) or made here, and reach the vault through a
# pipe: never as an argument, in a file, or in azd's environment.
# Needs az, signed in, and openssl.
set -euo pipefail

: "${AZURE_SUBSCRIPTION_ID:?}" "${AZURE_RESOURCE_GROUP:?}" "${AZURE_KEY_VAULT_NAME:?}" "${AZURE_AUDIT_STORAGE_NAME:?}"
: "${CHECKPOINT_DAYS:?}" "${LOCK_CHECKPOINTS:?}"

group=/subscriptions/$AZURE_SUBSCRIPTION_ID/resourceGroups/$AZURE_RESOURCE_GROUP
borrowed='Borrowed by SecureZoom for putting secrets into the vault'

# Each secret that somebody has to type, the variable that may hold it, and what to ask for.
questions=(
  'zoom-client-secret|ZOOM_CLIENT_SECRET|Client secret of the Zoom Server-to-Server OAuth app'
  'zoom-sdk-client-secret|ZOOM_SDK_CLIENT_SECRET|Client secret of the Zoom Meeting SDK app'
  'zoom-webhook-secret|ZOOM_WEBHOOK_SECRET|Secret token of the Zoom event subscription'
)
keys=(grant-key cursor-key audit-message-key audit-note-key storage-seal-key okta-event-hook-secret auth0-log-stream-secret)
signing_key=audit-checkpoint-key

# Those that the sources of identity events name: a token or a client's secret is the provider's and typed, what it calls us with is made here.
named() { grep -oE "\"$1\" *: *\"[A-Za-z0-9-]+\"" <<<"${IDENTITY_EVENTS:-}" | cut -d'"' -f4 | sort -u || true; }

add_those_of_the_sources() {
  local name
  for name in $(named tokenSecretName); do questions+=("$name|$(variable_of "$name")|Read-only token for Okta's System Log, $name"); done
  for name in $(named managementSecretName); do questions+=("$name|$(variable_of "$name")|Client secret for Auth0's Management API, $name"); done
  for name in $(named secretName); do
    if [[ " ${keys[*]} " != *" $name "* ]]; then keys+=("$name"); fi
  done
}

variable_of() { tr a-z- A-Z_ <<<"$1"; }

cloud() { az "$@" --subscription "$AZURE_SUBSCRIPTION_ID"; }

# By names alone, which managing the vault suffices for; reading secrets takes a role on its data.
list_secrets() {
  az rest --method get --query 'value[].name' --output tsv \
    --url "https://management.azure.com$group/providers/Microsoft.KeyVault/vaults/$AZURE_KEY_VAULT_NAME/secrets?api-version=2023-07-01"
}

is_missing() { ! grep -qx -- "$1" <<<"$present"; }

# What was given is kept even when something else is still missing: the next run asks for the rest only.
names=() values=() missing=()
ask_for_what_is_missing() {
  local question name variable prompt value
  for question in "${questions[@]}"; do
    IFS='|' read -r name variable prompt <<<"$question"
    is_missing "$name" || continue
    value=${!variable:-}
    if [[ -z $value && -t 0 ]]; then
      read -rsp "$prompt: " value
      echo
    fi
    if [[ -z $value ]]; then
      missing+=("  $variable: $prompt")
    else
      names+=("$name") values+=("$value")
    fi
  done
}

complain_of_what_is_missing() {
  if ((${#missing[@]} > 0)); then
    printf 'The vault %s still lacks what only you can give it. ' "$AZURE_KEY_VAULT_NAME" >&2
    printf 'Run this again at a terminal, or with these environment variables:\n' >&2
    printf '%s\n' "${missing[@]}" >&2
    exit 1
  fi
}

# Of whoever is signed in, a person or a workflow. Only the token tells both without asking the directory.
read_claim() {
  az account get-access-token --subscription "$AZURE_SUBSCRIPTION_ID" --query accessToken --output tsv |
    cut -d. -f2 | tr -- -_ +/ | { base64 --decode 2>/dev/null || true; } | grep -o "\"$1\":\"[^\"]*\"" | cut -d'"' -f4
}

borrow_role() {
  # On the resource group: the vault's lock would keep an assignment on the vault itself from being removed.
  local kind=User person answer
  person=$(read_claim oid)
  if [[ $(read_claim idtyp || true) == app ]]; then kind=ServicePrincipal; fi
  answer=$(cloud role assignment create --role 'Key Vault Secrets Officer' --scope "$group" --description "$borrowed" \
    --assignee-object-id "$person" --assignee-principal-type "$kind" \
    --query "join('|', [id, description || ''])" --output tsv)
  # A role that was there before is not ours to take away.
  if [[ ${answer#*|} == "$borrowed" ]]; then
    assignment=${answer%%|*}
    trap 'cloud role assignment delete --ids "$assignment"' EXIT
  fi
}

wait_for_role() {
  local deadline=$((SECONDS + ${ROLE_TAKES:-900}))
  until cloud keyvault secret list --vault-name "$AZURE_KEY_VAULT_NAME" --query '[].name' --output none 2>/dev/null; do
    if ((SECONDS >= deadline)); then
      echo 'The role on the vault did not take effect within a quarter of an hour; run this again.' >&2
      exit 1
    fi
    sleep "${BETWEEN_TRIES:-5}"
  done
}

# The role may be known on one of the vault's machines and not yet on the next.
put() {
  local value try
  IFS= read -rd '' value || true
  for try in {1..5}; do
    if printf %s "$value" | cloud keyvault secret set --vault-name "$AZURE_KEY_VAULT_NAME" --name "$1" --file /dev/stdin --output none; then return; fi
    if ((try < 5)); then sleep "${BETWEEN_TRIES:-5}"; fi
  done
  return 1
}

fill_the_vault() {
  local index name
  borrow_role
  wait_for_role
  for index in "${!names[@]}"; do printf %s "${values[index]}" | put "${names[index]}"; done
  for name in "${keys[@]}"; do
    if is_missing "$name"; then openssl rand -base64 32 | tr -d '\n' | put "$name"; fi
  done
  if is_missing "$signing_key"; then
    openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 | put "$signing_key"
  fi
}

lock_checkpoints() {
  local policy=(--resource-group "$AZURE_RESOURCE_GROUP" --account-name "$AZURE_AUDIT_STORAGE_NAME"
    --container-name audit-checkpoints)
  local state days etag
  state=$(cloud storage container immutability-policy show "${policy[@]}" --query state --output tsv)
  days=$(cloud storage container immutability-policy show "${policy[@]}" --query immutabilityPeriodSinceCreationInDays --output tsv)
  etag=$(cloud storage container immutability-policy show "${policy[@]}" --query etag --output tsv)
  if [[ $state == Locked && $days -lt $CHECKPOINT_DAYS ]]; then
    cloud storage container immutability-policy extend "${policy[@]}" --period "$CHECKPOINT_DAYS" --if-match "$etag" --output none
  elif [[ $state != Locked && ${LOCK_CHECKPOINTS,,} == true ]]; then
    cloud storage container immutability-policy lock "${policy[@]}" --if-match "$etag" --output none
    state=Locked
  fi
  if [[ $state == Locked ]]; then locked='are locked'; else locked='are not locked, as befits this size'; fi
}

present=$(list_secrets)
add_those_of_the_sources
ask_for_what_is_missing
for name in "${names[@]}" "${keys[@]}" "$signing_key"; do
  if is_missing "$name"; then
    fill_the_vault
    break
  fi
done
lock_checkpoints
complain_of_what_is_missing
echo "The vault holds every secret, and the checkpoints $locked."
