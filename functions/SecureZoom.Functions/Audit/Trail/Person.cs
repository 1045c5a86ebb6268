using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Authorization;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>What a record holds of one person, apart from the deed, so that it can be forgotten by itself.</summary>
internal sealed record Person
{
    /// <summary>One key, whatever the person is called: the address in small letters, else who signed in, else the number at Zoom.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("person")]
    public string? Key { get; init; }

    public string? Issuer { get; init; }

    public string? Subject { get; init; }

    public string? Name { get; init; }

    public string? Email { get; init; }

    public string? Department { get; init; }

    public string? Ip { get; init; }

    public string? UserAgent { get; init; }

    /// <summary>Whether the name is another person's of the organisation.</summary>
    public bool? Namesake { get; init; }

    /// <summary>What stood in the details' place.</summary>
    public JsonNode? Detail { get; init; }

    public static Person Of(AuditActor actor, RequestClient? client, bool isNamesake) => new()
    {
        Key = KeyOf(actor.Email) ?? (actor.Issuer is { } issuer ? $"{issuer}|{actor.Subject}" : KeyOf(actor.Subject) ?? KeyOf(actor.Name)),
        Issuer = actor.Issuer,
        Subject = actor.Subject,
        Name = actor.Name,
        Email = actor.Email,
        Department = actor.Department,
        Ip = client?.Ip,
        UserAgent = client?.UserAgent,
        Namesake = isNamesake ? true : null,
    };

    public static string? KeyOf(string? text) => string.IsNullOrEmpty(text) ? null : text.ToLowerInvariant();
}
