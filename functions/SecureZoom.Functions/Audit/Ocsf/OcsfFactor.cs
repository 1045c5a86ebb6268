namespace SecureZoom.Functions.Audit.Ocsf;

/// <summary>The kinds of factors that OCSF tells apart, by the words in which identity providers name theirs.</summary>
internal static class OcsfFactor
{
    private const int Other = 99;

    /// <summary>The first word that is in a factor's name decides.</summary>
    private static readonly (string Word, int Id, string Name)[] Kinds =
    [
        ("sms", 1, "SMS"),
        ("question", 2, "Security Question"),
        ("call", 3, "Phone Call"),
        ("voice", 3, "Phone Call"),
        ("biometric", 4, "Biometric"),
        ("push", 5, "Push Notification"),
        ("hardware", 6, "Hardware Token"),
        ("otp", 7, "OTP"),
        ("email", 8, "Email"),
        ("u2f", 9, "U2F"),
        ("webauthn", 10, "WebAuthn"),
        ("fido", 10, "WebAuthn"),
        ("password", 11, "Password"),
    ];

    public static (int Id, string Name) Of(string factor) =>
        Kinds.FirstOrDefault(kind => factor.Contains(kind.Word, StringComparison.OrdinalIgnoreCase)) is { Name: { } name, Id: var id } ? (id, name) : (Other, factor);
}
