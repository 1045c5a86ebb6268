namespace SecureZoom.Functions.Identity;

/// <summary>What an organisation has of its own, as operators wrote it down in a row: no deployment, no restart.</summary>
/// <param name="Organization">Its id.</param>
internal sealed record Customer(string Organization)
{
    /// <summary>Null where its tokens come from an issuer of the settings.</summary>
    public CustomerIssuer? Issuer { get; init; }

    /// <summary>Null where its meetings are in an account of the settings.</summary>
    public CustomerZoom? Zoom { get; init; }

    /// <summary>The e-mail domains that operators state for it, in lower case; none where its tokens, or settings, do.</summary>
    public IReadOnlyList<string> EmailDomains { get; init; } = [];

    public bool HasNothing => Issuer is null && Zoom is null && EmailDomains.Count == 0;

    /// <summary>
    /// What the names of its secrets begin with. Key Vault takes letters, digits and dashes, in any case; what follows is from a closed list,
    /// so that none is a key of ours, nor another organisation's.
    /// </summary>
    public string SecretPrefix => $"customer-{Organization.Replace('_', '-').ToLowerInvariant()}-";

    /// <summary>Where one of its secrets is: a row says whose it is, and never which.</summary>
    /// <param name="purpose">What an account of the settings calls it unless told otherwise, such as <c>zoom-client-secret</c>.</param>
    public string SecretName(string purpose) => SecretPrefix + purpose;
}
