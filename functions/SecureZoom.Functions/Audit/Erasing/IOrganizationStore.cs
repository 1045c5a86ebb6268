namespace SecureZoom.Functions.Audit.Erasing;

/// <summary>Something beside the trail that is an organisation's.</summary>
internal interface IOrganizationStore
{
    /// <summary>Lets go of all of it. Again it changes nothing.</summary>
    /// <returns>What went, a line each.</returns>
    Task<IReadOnlyList<string>> LetGoAsync(string organization, CancellationToken cancellationToken);
}
