#!/usr/bin/env bash
# Runs when the site is built and before it is deployed: tells it where its API and its identity provider are, in config.json and in
# the policies that say whom the browser may talk to. The build itself knows the sandbox's addresses only.
# Needs API_URL, AUTH0_DOMAIN, AUTH0_AUDIENCE and AUTH0_CLIENT_ID (azd sets them).
set -euo pipefail

site=${SITE_FOLDER:-$(dirname "${BASH_SOURCE[0]}")/../../static-web/dist}

for name in API_URL AUTH0_DOMAIN AUTH0_AUDIENCE AUTH0_CLIENT_ID; do
  # What goes into JSON and a policy needs no escaping then.
  if [[ ! ${!name:-} =~ ^[A-Za-z0-9._~:/@-]+$ ]]; then
    echo "$name is missing or not usable: '${!name:-}'. Set it by azd env set $name VALUE." >&2
    exit 1
  fi
done

api=$(cut -d/ -f1-3 <<<"$API_URL")
identity=https://${AUTH0_DOMAIN#https://}

sed -i.bak -e "s#http://localhost:7071#$api#g" -e "s#http://localhost:7072#${identity%/}#g" "$site/staticwebapp.config.json"
rm "$site/staticwebapp.config.json.bak"
if grep -q localhost "$site/staticwebapp.config.json"; then
  echo 'staticwebapp.config.json still names this machine; the site must not be deployed like that.' >&2
  exit 1
fi

cat >"$site/config.json" <<JSON
{
  "apiUrl": "$API_URL",
  "auth0": { "domain": "$AUTH0_DOMAIN", "clientId": "$AUTH0_CLIENT_ID", "audience": "$AUTH0_AUDIENCE" }
}
JSON
