#!/usr/bin/env bash
# Deploys the site as predeploy.sh has built it. The token for it is fetched, used and forgotten: it is in no argument and no file.
# Needs az, signed in, and AZURE_SUBSCRIPTION_ID, AZURE_RESOURCE_GROUP and AZURE_STATIC_WEB_APP_NAME (azd sets them).
set -euo pipefail

: "${AZURE_SUBSCRIPTION_ID:?}" "${AZURE_RESOURCE_GROUP:?}" "${AZURE_STATIC_WEB_APP_NAME:?}"

hooks=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
site=${SITE_FOLDER:-$hooks/../../static-web/dist}
cli=${SITE_CLI_FOLDER:-$hooks/../site-cli}

SWA_CLI_DEPLOYMENT_TOKEN=$(az staticwebapp secrets list --name "$AZURE_STATIC_WEB_APP_NAME" --resource-group "$AZURE_RESOURCE_GROUP" \
  --subscription "$AZURE_SUBSCRIPTION_ID" --query properties.apiKey --output tsv)
export SWA_CLI_DEPLOYMENT_TOKEN

# From the site's own folder, so that the CLI finds no configuration of another project.
cd "$site"
"$cli/node_modules/.bin/swa" deploy . --env production --no-use-keychain
