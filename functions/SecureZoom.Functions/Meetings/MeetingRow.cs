using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>The registry's rows: what an organisation knows of its meeting, where it is listed, and who holds a number of an account.</summary>
internal static class MeetingRow
{
    public const string Registration = "Registration";
    public const string Owner = "Owner";
    public const string Account = "Account";
    public const string Meeting = "Meeting";
    public const string ChangedAt = "ChangedAt";
    public const string PasscodeChangedAt = "PasscodeChangedAt";
    public const string Status = "Status";
    public const string StatusAt = "StatusAt";
    public const string Waiting = "waiting";
    public const string Started = "started";
    public const string Ended = "ended";

    /// <summary>Until when invitations may be out; none may be where it is missing.</summary>
    public const string InvitedUntil = "InvitedUntil";

    /// <summary>Zoom has the meeting no more: the row changes no more, but for what is withdrawn and deleted with it.</summary>
    public const string Closed = "Closed";

    /// <summary>Nobody finds the meeting any more.</summary>
    public const string Deleted = "Deleted";

    /// <summary>The last of each kind that we did to it at Zoom.</summary>
    private const string Operations = "Operations";

    /// <summary>So many of a kind: as may be done before Zoom's event of the first is here.</summary>
    private const int MostOfAKind = 5;

    private const string OrganizationPrefix = "o:";

    public static string OrganizationKey(string organization) => $"{OrganizationPrefix}{organization}";

    public static string AccountKey(string accountId) => $"a:{accountId}";

    public static string RowKey(MeetingNumber number) => number.Value.ToString("D11", CultureInfo.InvariantCulture);

    public static bool IsOpen(TableEntity row) => row.GetBoolean(Closed) != true;

    public static bool MayBeOpenedByInvitation(TableEntity row) => row.GetDateTimeOffset(InvitedUntil) is not null;

    /// <summary>Whether the holder of a row's number is the row's organisation, by the same registration.</summary>
    public static bool Counts(TableEntity row, TableEntity? holder) =>
        holder is not null && holder.GetString(Owner) == OrganizationOf(row) && holder.GetString(Registration) == row.GetString(Registration);

    public static void Describe(TableEntity row, RegisteredMeeting meeting)
    {
        row[Account] = meeting.AccountId;
        row[Meeting] = JsonSerializer.Serialize(meeting.Snapshot, MeetingJson.Default.MeetingSnapshot);
    }

    public static RegisteredMeeting Read(TableEntity row)
    {
        var snapshot = JsonSerializer.Deserialize(row.GetString(Meeting), MeetingJson.Default.MeetingSnapshot)!;
        return new RegisteredMeeting(
            OrganizationOf(row), NumberOf(row), row.GetString(Account), snapshot with { Status = row.GetString(Status) ?? snapshot.Status })
        {
            Registration = row.GetString(Registration),
            PasscodeChangedAt = row.GetDateTimeOffset(PasscodeChangedAt),
            ChangedAt = row.GetDateTimeOffset(ChangedAt),
            StatusAt = row.GetDateTimeOffset(StatusAt),
            IsClosed = !IsOpen(row),
        };
    }

    /// <summary>Keeps what we did to it, behind the last of that kind; the first of many goes.</summary>
    public static void Note(TableEntity row, MeetingOperation operation)
    {
        var earlier = OperationsOf(row).Where(one => one.Id != operation.Id).ToLookup(one => one.Echo == operation.Echo);
        row[Operations] = JsonSerializer.Serialize(
            [.. earlier[false], .. earlier[true].TakeLast(MostOfAKind - 1), operation], MeetingJson.Default.MeetingOperationArray);
    }

    public static IReadOnlyList<MeetingOperation> OperationsOf(TableEntity row) =>
        row.GetString(Operations) is { } kept ? JsonSerializer.Deserialize(kept, MeetingJson.Default.MeetingOperationArray)! : [];

    public static string OrganizationOf(TableEntity row) => row.PartitionKey[OrganizationPrefix.Length..];

    /// <summary>The number at the end of the key, of a meeting's own row and of those that list it.</summary>
    public static MeetingNumber NumberOf(TableEntity row) =>
        MeetingNumber.From(long.Parse(row.RowKey.AsSpan(row.RowKey.LastIndexOf(':') + 1), NumberStyles.None, CultureInfo.InvariantCulture))!.Value;
}
