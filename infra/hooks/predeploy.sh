#!/usr/bin/env bash
# Runs before anything is deployed: builds the site and installs what deploys it, each package as its lock file has it and none of their
# scripts run (azd would run npm install, and the newest CLI of the day).
# Needs Node.js with npm, and what configure-site.sh needs.
set -euo pipefail

hooks=$(dirname "${BASH_SOURCE[0]}")
root=$hooks/../..

npm ci --ignore-scripts --no-audit --no-fund --prefix "$hooks/../site-cli"
npm ci --ignore-scripts --no-audit --no-fund --prefix "$root/static-web"
npm run build --prefix "$root/static-web"
"$hooks/configure-site.sh"
