namespace SecureZoom.Functions.Identity;

/// <summary>Why a caller is not known.</summary>
internal enum IdentityError
{
    /// <summary>401 without an error code: no credentials were sent.</summary>
    Missing,

    /// <summary>400 <c>invalid_request</c>: credentials sent in more than one way.</summary>
    Ambiguous,

    /// <summary>401 <c>invalid_token</c>.</summary>
    Invalid,

    /// <summary>401 <c>token_revoked</c>: genuine, and not ended, but its person's access has.</summary>
    Revoked,

    /// <summary>503: the issuer's keys cannot be fetched, and none are at hand.</summary>
    Unavailable,
}

/// <summary>The caller cannot be told.</summary>
/// <param name="error">What the answer depends on.</param>
/// <param name="reason">For the operator's log: a fixed text, never anything out of the token.</param>
internal sealed class IdentityException(IdentityError error, string reason) : Exception(reason)
{
    public IdentityError Error { get; } = error;
}
