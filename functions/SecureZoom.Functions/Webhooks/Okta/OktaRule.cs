using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Revocations;

namespace SecureZoom.Functions.Webhooks.Okta;

/// <summary>What an event of Okta's is in the trail.</summary>
/// <param name="Action">One of <see cref="IdentityActions"/>, where it succeeded.</param>
/// <param name="Failed">Its action where it did not; the same when left out.</param>
/// <param name="Challenged">Its action where it was only asked for.</param>
/// <param name="Access">What ends, or is over, where it succeeded.</param>
internal sealed record OktaRule(string Action, string? Failed = null, string? Challenged = null, params (EndedAccessKind Kind, bool Ends)[] Access);
