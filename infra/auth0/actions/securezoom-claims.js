/**
 * Post-login Action: writes what SecureZoom decides by into access tokens for its API, and into no others.
 * Groups and department come from the identity provider or from app_metadata; never from user_metadata, which people edit themselves.
 * The organisation itself needs no claim of ours: Auth0 writes org_id (and org_name, see tenant.yaml) into tokens of an organisation's login.
 * Its e-mail domains come from its metadata (email_domains, separated by commas or spaces), which its own administrators cannot edit.
 */
const NAMESPACE = 'https://securezoom.example/';

// A token travels in a header: a directory with thousands of groups must not make it too large to be taken.
const MAX_GROUPS = 100;
const MAX_LENGTH = 256;

exports.onExecutePostLogin = async (event, api) => {
  if (event.resource_server?.identifier !== event.secrets.AUDIENCE) return;

  const { user } = event;
  const claims = {
    groups: texts(user.groups ?? user.app_metadata?.groups),
    department: text(user.department ?? user.app_metadata?.department),
    email: text(user.email),
    // Only a true that the connection vouches for: hosting and invitations stand on it.
    email_verified: text(user.email) !== undefined && user.email_verified === true,
    name: text(user.name),
    // Auth0 lets nobody write amr itself, so it goes by our namespace too. A second factor at Okta is none that Auth0 saw.
    amr: methods(event.authentication?.methods),
    // Whoever was signed out since has to sign in again. A refresh goes on with the session, and is no sign-in: it has the first one's times.
    sid: text(event.session?.id ?? event.refresh_token?.session_id),
    auth_time: signedInAt(event.authentication?.methods),
    // Only addresses in these host the organisation's meetings; without them nobody of it hosts.
    org_domains: domains(event.organization?.metadata?.email_domains),
  };
  for (const [name, value] of Object.entries(claims)) {
    if (value !== undefined) api.accessToken.setCustomClaim(NAMESPACE + name, value);
  }
};

function text(value) {
  return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, MAX_LENGTH) : undefined;
}

function domains(value) {
  const names = texts(typeof value === 'string' ? value.toLowerCase().split(/[\s,;]+/) : undefined);
  return names.length > 0 ? names : undefined;
}

/** When the newest of its methods was completed, in seconds. */
function signedInAt(completed) {
  const times = (completed ?? []).map((method) => Date.parse(method?.timestamp)).filter((time) => Number.isFinite(time));
  return times.length > 0 ? Math.floor(Math.max(...times) / 1000) : undefined;
}

function methods(completed) {
  const names = texts(completed?.map((method) => method?.name));
  return names.length > 0 ? names : undefined;
}

function texts(value) {
  const list = Array.isArray(value) ? value : [value];
  return [...new Set(list.map(text).filter((item) => item !== undefined))].slice(0, MAX_GROUPS);
}
