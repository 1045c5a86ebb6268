namespace SecureZoom.Functions.Zoom.Events;

/// <summary>What one of Zoom's events tells.</summary>
/// <param name="Name">Zoom's name of it.</param>
/// <param name="By">
/// The member of the payload that names whose deed it is: <c>operator</c>, or a person of the object's such as <c>participant</c>; empty for
/// nobody's, where somebody suffers it or nobody can say.
/// </param>
/// <param name="Tells">
/// The sentence: <c>{actor}</c>, <c>{object}</c>, ... stand for what the event names, <c>{people|a user}</c> for a user where it names none, and
/// what is in brackets is left out where it names none.
/// </param>
internal sealed record ZoomEventKind(string Name, string By, string Tells)
{
    public const string Operator = "operator";
    public const string Participant = "participant";
    public const string Nobody = "";

    /// <summary>The sentence where Zoom does not say who did it; null for the same.</summary>
    public string? Passive { get; init; }

    public bool NamesHost => Tells.Contains("{host}", StringComparison.Ordinal);
}
