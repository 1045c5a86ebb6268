namespace SecureZoom.Sandbox.Identity;

/// <summary>How a try to sign in ended.</summary>
internal enum Verdict
{
    /// <summary>Signed in.</summary>
    SignedIn,

    /// <summary>The address or the password is wrong.</summary>
    Wrong,

    /// <summary>Locked after five wrong passwords.</summary>
    Locked,

    /// <summary>Suspended.</summary>
    Suspended,

    /// <summary>The password is right, and a code is asked for.</summary>
    CodeNeeded,

    /// <summary>The code is wrong.</summary>
    WrongCode,
}
