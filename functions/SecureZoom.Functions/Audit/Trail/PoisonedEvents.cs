using SecureZoom.Functions.Audit.Recording;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>What lies in the poison queue.</summary>
/// <param name="Numbers">Of the events that could be looked at.</param>
/// <param name="Messages">About how many messages hold events of an organisation; of <see cref="NoOnes"/> where nobody can tell whose.</param>
/// <param name="HasOthers">Whether there may be events that could not.</param>
internal sealed record PoisonedEvents(IReadOnlyList<EventNumber> Numbers, IReadOnlyDictionary<string, int> Messages, bool HasOthers)
{
    /// <summary>No organisation's id.</summary>
    public const string NoOnes = "";

    /// <summary>What of a gap lies nowhere there.</summary>
    public IEnumerable<NumberGap> Without(string origin, string stream, NumberGap gap) => Numbers
        .Where(number => number.Origin == origin && number.Stream == stream)
        .Aggregate<EventNumber, IEnumerable<NumberGap>>([gap], (left, number) => left.SelectMany(one => one.Without(number.Number - number.GaveUp, number.Number)));
}
