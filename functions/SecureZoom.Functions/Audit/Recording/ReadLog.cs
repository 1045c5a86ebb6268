using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Identity;

namespace SecureZoom.Functions.Audit.Recording;

/// <summary>
/// Records who has read what of a trail, in the reader's organisation's and in that trail: the first time in a quarter of an hour, as far as
/// this instance remembers, so that a page that is looked at again and again is one record.
/// </summary>
public sealed class ReadLog(AuditRecorder audit, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    /// <summary>How many are remembered; behind that they are forgotten, and recorded once more.</summary>
    private const int MostRemembered = 20_000;

    /// <summary>In what is read: the first record.</summary>
    public const string First = "first";

    private readonly ConcurrentDictionary<(string Person, string Action, string Organization, string What), DateTimeOffset> _recorded = new();

    /// <param name="organization">Whose trail.</param>
    /// <param name="what">Which part of it, and by which filters.</param>
    /// <exception cref="AuditUnavailableException">The trail takes no record, so nothing is to be read.</exception>
    public async Task RecordAsync(CallContext call, string action, string organization, JsonObject what, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var read = (call.Caller.Pseudonym, action, organization, Rounded(what).ToJsonString());
        if (_recorded.TryGetValue(read, out var since) && since + Window > now)
        {
            return;
        }

        what["organization"] = organization;
        await audit.RecordAsync(EventOf(call, now, action, organization, what), cancellationToken);
        if (_recorded.Count >= MostRemembered)
        {
            _recorded.Clear();
        }

        _recorded[read] = now;
    }

    /// <summary>That a trail was read, in both organisations' trails.</summary>
    public static AuditEvent EventOf(CallContext call, DateTimeOffset at, string action, string organization, JsonObject what)
    {
        var read = call.Event(at, action, AuditOutcomes.Success, new AuditTarget("audit", organization), details: what);
        // What belongs to nobody yet is the operators' own.
        return organization == read.Organization || organization == OrganizationId.Unassigned ? read : read.WithOwner(organization);
    }

    /// <summary>
    /// Without the minutes in which a range that ends now, or begins an hour ago, differs from the one before, and without the record behind
    /// which somebody reads on, again and again.
    /// </summary>
    private static JsonObject Rounded(JsonObject what) => new(what.Where(member => member.Key != First).Select(member => KeyValuePair.Create(
        member.Key,
        member.Value is JsonValue value && value.TryGetValue<DateTimeOffset>(out var moment)
            ? JsonValue.Create(moment.Ticks / Window.Ticks)
            : member.Value?.DeepClone())));
}
