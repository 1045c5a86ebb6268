namespace SecureZoom.Functions.Identity;

/// <summary>Whose an e-mail domain is.</summary>
/// <param name="Organization">The organisation that stated it first, or that operators named.</param>
/// <param name="IsDecided">Whether operators named the owner: then nobody contests it any more.</param>
/// <param name="Claimant">Another organisation that has stated it since, the first of them; null for none.</param>
/// <param name="IsByRow">Whether a customer's row decided it, and no setting: it is nobody's once that row says so no more.</param>
internal sealed record DomainOwner(string Organization, bool IsDecided = false, string? Claimant = null, bool IsByRow = false)
{
    /// <summary>What it is once an organisation has stated it, too.</summary>
    public DomainOwner StatedBy(string organization) =>
        IsDecided || Claimant is not null || organization == Organization ? this : this with { Claimant = organization };
}
