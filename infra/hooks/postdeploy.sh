#!/usr/bin/env bash
# Runs at the end: deploys the site, says what has to be entered at Zoom, Auth0 and Okta, and looks whether the app answers.
# Needs curl, and API_URL, SITE_URL, AUTH0_DOMAIN and AUTH0_AUDIENCE (azd sets them).
set -euo pipefail

: "${API_URL:?}" "${SITE_URL:?}" "${AUTH0_DOMAIN:?}" "${AUTH0_AUDIENCE:?}"

hooks=$(dirname "${BASH_SOURCE[0]}")
identity=https://${AUTH0_DOMAIN#https://}
identity=${identity%/}

"$hooks/deploy-site.sh"

cat <<TEXT

SecureZoom is deployed to $SITE_URL

At Zoom (marketplace.zoom.us), in the Server-to-Server OAuth app:
  Scopes                  meeting:read:meeting:admin
                          meeting:read:list_meetings:admin
                          meeting:write:meeting:admin
                          meeting:update:meeting:admin
                          meeting:update:status:admin
                          meeting:delete:meeting:admin
                          user:read:token:admin
                          user:read:user:admin
                          meeting:read:list_past_instances:admin
                          meeting:read:list_past_participants:admin
                          cloud_recording:read:list_recording_files:admin
  Event notification URL  $API_URL/webhook
  Events                  as docs/events.md has them:
$(sed -n '/^## Zoom/,/^## /s/^| `\([a-z_]*\.[a-z_.]*\)` |.*/                          \1/p' "$hooks/../../docs/events.md")
At Zoom, in the Meeting SDK app:
  Domain allow list       ${SITE_URL#https://}

At Auth0, by the Deploy CLI with infra/auth0/tenant.yaml, or by hand:
  API identifier          $AUTH0_AUDIENCE
  Callback URL            $SITE_URL/callback
  Logout URL              $SITE_URL
  Web origin              $SITE_URL
  Action after login      infra/auth0/actions/securezoom-claims.js

At Okta, in the OpenID Connect web application that Auth0 federates to:
  Sign-in redirect URI    $identity/login/callback
  Claims in the ID token  groups, department, email, email_verified, name
  Assignments             the groups zoom-admins, zoom-hosts, employees, contractors, auditors

TEXT

if ! curl --fail --silent --show-error --max-time 30 --retry 10 --retry-delay 6 --retry-all-errors --output /dev/null "$API_URL/health"; then
  echo "$API_URL/health does not answer well. docs/operate.md says where to look." >&2
  exit 1
fi
echo 'SecureZoom runs.'
