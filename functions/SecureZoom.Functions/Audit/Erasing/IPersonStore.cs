using System.Text.Json.Nodes;

namespace SecureZoom.Functions.Audit.Erasing;

/// <summary>Something beside the trail that names people.</summary>
internal interface IPersonStore
{
    /// <summary>Forgets a person in one organisation, as far as nothing of it is in force. Again it changes nothing.</summary>
    /// <returns>What stays, and why, a sentence each, which names nobody.</returns>
    Task<IReadOnlyList<string>> ForgetAsync(string organization, NamedPerson person, CancellationToken cancellationToken);

    /// <summary>What is kept of a person in one organisation, an object each, without what is others'.</summary>
    IAsyncEnumerable<JsonObject> TellAsync(string organization, NamedPerson person, CancellationToken cancellationToken);
}
