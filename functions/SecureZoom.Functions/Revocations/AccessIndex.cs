using Azure.Data.Tables;

namespace SecureZoom.Functions.Revocations;

/// <summary>A reading of the list, so that a token is looked up without going through all of it.</summary>
internal sealed class AccessIndex(IReadOnlyDictionary<string, TableEntity> rows)
{
    private readonly ILookup<(string Issuer, string Subject), EndedAccess> _bySubject = Holding(rows)
        .Where(ended => ended.Kind != EndedAccessKind.Everybody).ToLookup(ended => (ended.Issuer, ended.Subject));

    private readonly EndedAccess[] _moments = [.. Holding(rows).Where(ended => ended.Kind == EndedAccessKind.Everybody)];

    /// <summary>The rows that it is of.</summary>
    public IReadOnlyDictionary<string, TableEntity> Rows => rows;

    /// <summary>Whatever holds of persons and sessions.</summary>
    public IEnumerable<EndedAccess> All => _bySubject.SelectMany(same => same);

    /// <summary>Whether moments stand for rows that had to make room.</summary>
    public bool HasMoments => _moments.Length > 0;

    public bool Refuses(TokenToCheck token) =>
        _bySubject[(token.Issuer, token.Subject)].Any(ended => ended.Refuses(token))
        || (token.Session is { } session && _bySubject[(token.Issuer, session)].Any(ended => ended.Refuses(token)))
        || _moments.Any(moment => moment.Refuses(token));

    private static IEnumerable<EndedAccess> Holding(IReadOnlyDictionary<string, TableEntity> rows) =>
        rows.Values.Where(EndedAccess.IsOne).Select(EndedAccess.Read).Where(ended => ended.Holds);
}
