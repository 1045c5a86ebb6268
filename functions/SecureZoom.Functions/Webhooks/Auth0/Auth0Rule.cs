using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Revocations;

namespace SecureZoom.Functions.Webhooks.Auth0;

/// <summary>What a log type of Auth0's is in the trail.</summary>
/// <param name="Action">One of <see cref="IdentityActions"/>.</param>
/// <param name="Failed">Whether it tells of what did not succeed.</param>
/// <param name="Reason">Why, where the type says so.</param>
/// <param name="Factor">With which factor, where the type says so.</param>
/// <param name="Access">What ends, or is over.</param>
internal sealed record Auth0Rule(
    string Action, bool Failed = false, string? Reason = null, string? Factor = null, params (EndedAccessKind Kind, bool Ends)[] Access);
