namespace SecureZoom.Functions.Revocations;

/// <summary>Why a person's tokens are not taken: a state that lasts until its opposite, or a moment that sign-ins before it do not outlive.</summary>
public enum EndedAccessKind
{
    /// <summary>A state: put on hold where the person is managed.</summary>
    Suspended,

    /// <summary>A state: no account any more, until it is activated.</summary>
    Deactivated,

    /// <summary>A state: the account is gone.</summary>
    Deleted,

    /// <summary>A state: kept out by an administrator of the identity provider.</summary>
    Blocked,

    /// <summary>A state: one session, by its id, has ended.</summary>
    Session,

    /// <summary>A moment: who signed in before it has to do so again.</summary>
    SignedOut,

    /// <summary>
    /// A moment, of everybody of a connection or an organisation: it stands for those of them whose rows had to make room in the list.
    /// </summary>
    Everybody,
}
