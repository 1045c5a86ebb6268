namespace SecureZoom.Functions.Audit.Summaries;

/// <summary>Failed sign-ins from one address within an hour or a day.</summary>
/// <param name="People">MACs of those for whom, as many as are told apart.</param>
internal sealed record FailingAddress(long Failed, IReadOnlyList<string> People)
{
    public const int MostPeople = 50;
}
