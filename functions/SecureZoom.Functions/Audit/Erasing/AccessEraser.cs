using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Revocations;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Audit.Erasing;

/// <summary>Forgets whose access had ended, or who ended somebody's, where that is over; what counts yet is named.</summary>
internal sealed class AccessEraser(EndedAccessList access) : IPersonStore
{
    public async Task<IReadOnlyList<string>> ForgetAsync(string organization, NamedPerson person, CancellationToken cancellationToken)
    {
        var stays = await access.ForgetAsync(organization, ended => Names(ended, person), cancellationToken);
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
        foreach (var (ended, until) in await access.FindAsync(organization, ended => Names(ended, person), cancellationToken))
        {
            var row = new JsonObject { ["table"] = AccessTable.Name, ["kind"] = "ended access", ["id"] = ended.Id, ["ends"] = ended.Kind.ToString(), ["inForce"] = ended.Holds, ["at"] = ended.At };
            (row["issuer"], row["reach"], row["until"]) = (ended.Issuer, ended.Reach, until);
            // Whose access somebody has ended, and who ended somebody's, is the other's.
            row["subject"] = person.IsAccount(ended.Issuer, ended.Subject) ? ended.Subject : null;
            row["reason"] = person.IsAccount(ended.Issuer, ended.Subject) || person.IsIn(ended.Reason) ? ended.Reason : null;
            row["by"] = person.IsIn(ended.By) || ended.By is AuditSources.Okta or AuditSources.Auth0 ? ended.By : null;
            yield return row;
        }
    }

    private static bool Names(EndedAccess ended, NamedPerson person) =>
        person.IsAccount(ended.Issuer, ended.Subject) || person.IsIn(ended.By) || person.IsIn(ended.Reason);

    private static string Until(DateTimeOffset? until) =>
        until is { } at ? string.Create(CultureInfo.InvariantCulture, $" until {at.UtcDateTime:yyyy-MM-dd}") : "";
}
