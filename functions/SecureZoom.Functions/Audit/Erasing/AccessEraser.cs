using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Revocations;

namespace SecureZoom.Functions.Audit.Erasing;

/// <summary>Forgets whose access had ended, or who ended somebody's, where that is over; what counts yet is named.</summary>
internal sealed class AccessEraser(EndedAccessList access) : IPersonStore
{
    public async Task<IReadOnlyList<string>> ForgetAsync(string organization, NamedPerson person, CancellationToken cancellationToken)
    {
        var stays = await access.ForgetAsync(
            organization, ended => person.IsAccount(ended.Issuer, ended.Subject) || person.IsIn(ended.By) || person.IsIn(ended.Reason), cancellationToken);
        return
        [
            // What holds for as long as nobody lifts it is named with those who are out.
            .. stays.Where(one => one is not { Ended: { Holds: true, IsState: true } }).Select(one => one.Ended.Holds
                ? $"ended access {one.Ended.Id} names them and counts{Until(one.Until)}"
                : $"ended access {one.Ended.Id} names them and is remembered{Until(one.Until)}, so that an event that comes late does not bring it back"),
        ];
    }

    public async IAsyncEnumerable<JsonObject> TellAsync(
        string organization, NamedPerson person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var ended in (await access.ListAsync(organization, cancellationToken)).Where(ended => person.IsAccount(ended.Issuer, ended.Subject)))
        {
            yield return new JsonObject { ["table"] = "access", ["kind"] = "ended access", ["issuer"] = ended.Issuer, ["subject"] = ended.Subject, ["at"] = ended.At, ["reason"] = ended.Reason };
        }
    }

    private static string Until(DateTimeOffset? until) =>
        until is { } at ? string.Create(CultureInfo.InvariantCulture, $" until {at.UtcDateTime:yyyy-MM-dd}") : "";
}
