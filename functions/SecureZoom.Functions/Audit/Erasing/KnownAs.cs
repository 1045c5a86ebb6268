namespace SecureZoom.Functions.Audit.Erasing;

/// <summary>By what a person is known: see <see cref="NamedPerson"/>.</summary>
/// <param name="Ids">Subjects, pseudonyms, ids at Zoom.</param>
internal sealed record KnownAs(IReadOnlyList<string> Addresses, IReadOnlyList<KnownAccount> Accounts, IReadOnlyList<string> Ids, IReadOnlyList<string> Names);

/// <summary>Who signs in.</summary>
internal sealed record KnownAccount(string Issuer, string Subject);
