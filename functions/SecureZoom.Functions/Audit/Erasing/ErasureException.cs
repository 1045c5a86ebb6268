using SecureZoom.Functions.Audit.Recording;

namespace SecureZoom.Functions.Audit.Erasing;

/// <summary>Why nobody is erased.</summary>
public enum ErasureError
{
    /// <summary>403: nobody erases himself.</summary>
    Oneself,

    /// <summary>409: a legal hold is on it.</summary>
    OnHold,

    /// <summary>404: the organisation has no such erasure.</summary>
    NotFound,

    /// <summary>404: it is no address, and nobody has signed in by that subject or pseudonym.</summary>
    PersonNotFound,

    /// <summary>409: it is not waiting any more.</summary>
    Begun,
}

/// <summary>Nobody is erased.</summary>
public sealed class ErasureException(ErasureError error) : Exception(error.ToString())
{
    internal const string SelfErasure = "self_erasure";
    internal const string PersonNotFound = "person_not_found";

    public ErasureError Error { get; } = error;

    /// <summary>As problems and reports have it.</summary>
    internal string Code => Error switch
    {
        ErasureError.Oneself => SelfErasure,
        ErasureError.OnHold => AuditReasons.LegalHold,
        ErasureError.NotFound => "erasure_not_found",
        ErasureError.PersonNotFound => PersonNotFound,
        _ => AuditReasons.ErasureBegun,
    };

    /// <summary>What an erasure was refused for.</summary>
    internal static ErasureException Of(string code) => new(code switch
    {
        AuditReasons.LegalHold => ErasureError.OnHold,
        PersonNotFound => ErasureError.PersonNotFound,
        _ => ErasureError.Oneself,
    });
}
