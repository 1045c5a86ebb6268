#!/usr/bin/env bash
# Runs at the end: looks whether the app answers, and says what has to be entered at Zoom, Auth0 and Okta.
# Needs curl, and API_URL, SITE_URL, AUTH0_DOMAIN and AUTH0_AUDIENCE (azd sets them).
set -euo pipefail

: "${API_URL:?}" "${SITE_URL:?}" "${AUTH0_DOMAIN:?}" "${AUTH0_AUDIENCE:?}"

identity=https://${AUTH0_DOMAIN#https://}
identity=${identity%/}

if ! curl --fail --silent --show-error --max-time 30 --retry 10 --retry-delay 6 --retry-all-errors --output /dev/null "$API_URL/health"; then
  echo "$API_URL/health does not answer well. docs/operate.md says where to look." >&2
  exit 1
fi

cat <<TEXT

SecureZoom runs at $SITE_URL

At Zoom (marketplace.zoom.us), in the Server-to-Server OAuth app:
  Scopes                  meeting:read:meeting:admin
                          meeting:read:list_meetings:admin
                          meeting:write:meeting:admin
                          meeting:update:meeting:admin
                          meeting:update:status:admin
                          meeting:delete:meeting:admin
                          user:read:token:admin
                          cloud_recording:read:list_recording_files:admin
  Event notification URL  $API_URL/webhook
  Events                  meeting created, updated, deleted, started, ended; participant joined, left; recording completed
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
