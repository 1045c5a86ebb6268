using System.Text;
using System.Text.Json.Nodes;

namespace SecureZoom.Functions.Tests.Fuzzing;

/// <summary>What requests are made of: values that are right for their place, and those that nobody should send.</summary>
/// <param name="Tokens">Access tokens of all sorts of people.</param>
/// <param name="Meetings">Numbers of meetings, and of none.</param>
/// <param name="Invitations">Invitations that open.</param>
/// <param name="InvitationIds">Ids of invitations that are open, until one withdraws them.</param>
/// <param name="Cursors">Cursors of lists.</param>
/// <param name="RevocationIds">Ids of what has ended, until one lifts them.</param>
/// <param name="ErasureIds">Ids of erasures that wait, until one withdraws them.</param>
internal sealed record Specimens(
    IReadOnlyList<string> Tokens,
    IReadOnlyList<string> Meetings,
    IReadOnlyList<string> Invitations,
    IReadOnlyList<string> InvitationIds,
    IReadOnlyList<string> Cursors,
    IReadOnlyList<string> RevocationIds,
    IReadOnlyList<string> ErasureIds)
{
    private static readonly string[] Times =
    [
        "2026-12-01", "2026-12-01T14:30:00Z", "2026-12-01T14:30:00", "0001-01-01", "9999-12-31", "9999-12-31T23:59:59.9999999Z",
        "0001-01-01T00:00:00+14:00", "2026-11-01", "2027-01-01", "2026-02-30",
    ];

    /// <summary>Text that is wrong nearly everywhere.</summary>
    public static IReadOnlyList<string> HostileTexts { get; } =
    [
        "", " ", "\0", "null", "NaN", "../../etc", "%2e%2e%2f", "'", "\"", "' or RowKey ge '", "{{7*7}}", "${jndi:ldap://x}", "<script>",
        "=1+1", "a\r\nSet-Cookie: a=b", "\u202eabc", "\ud83d\ude00", "\u200b", "٨٥٠١٢٣٤٥٦", "１２３４５６７８９", "-1", "1e400", "0x7f", "99999999999999999999",
        "9223372036854775808", "alice@acme.example@globex.example", "org_acme", "unassigned", ".organizations", "head", "*", "a|b", "a.b.c.d.e",
        new('A', 300), new('9', 5000), new('(', 2000), "PT1H", "Europe/Berlin", "Mars/Olympus",
    ];

    /// <summary>Something that fits a place of that name; null where the name says nothing.</summary>
    public string? Fitting(Random random, string name) => name switch
    {
        "id" or "meetingNumber" or "meeting" => Pick(random, Meetings),
        "invitation" or "Meeting-Invitation" => Pick(random, Invitations),
        "invitationId" => Pick(random, InvitationIds),
        "sequence" or "size" => Pick(random, ["0", "1", "2"]),
        "session" => Pick(random, ["session-1", "session-2", "session-3"]),
        "person" => Pick(random, ["okta|acme-okta|00u0000000000000fuzz", "auth0|fuzz", "nobody@acme.example"]),
        "revocationId" => Pick(random, RevocationIds),
        "erasureId" => Pick(random, ErasureIds),
        "cursor" => Pick(random, Cursors),
        "organization" => Pick(random, ["org_acme", "org_globex", "org_nobody", "unassigned"]),
        "email" or "host" or "alternative_hosts" => Pick(random, ["bob@acme.example", "alice@acme.example", "dave@globex.example", "gwen@guest.example"]),
        "from" or "to" or "start_time" => Pick(random, Times),
        "timezone" => Pick(random, ["America/New_York", "Etc/UTC"]),
        "action" => Pick(random, ["meeting.created", "access.denied"]),
        _ => null,
    };

    /// <summary>JSON that is wrong nearly everywhere; the text's own half of a pair is written as JSON would not.</summary>
    public static JsonNode? Hostile(Random random) => random.Next(10) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => random.Next(-2, 3),
        3 => long.MaxValue,
        4 => 1e300,
        5 => new JsonArray(Pick(random, HostileTexts)),
        6 => new JsonObject { [Pick(random, HostileTexts)] = 1 },
        7 => new JsonArray(Enumerable.Range(0, random.Next(1, 300)).Select(number => (JsonNode?)number).ToArray()),
        _ => Pick(random, HostileTexts),
    };

    public static T Pick<T>(Random random, IReadOnlyList<T> values) => values[random.Next(values.Count)];

    /// <summary>Bytes with a few of them changed, added, doubled or cut off.</summary>
    public static byte[] Damaged(Random random, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text).ToList();
        for (var changes = random.Next(1, 4); changes > 0 && bytes.Count > 0; changes--)
        {
            var place = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[place] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.Insert(place, (byte)random.Next(256));
                    break;
                case 2:
                    bytes.RemoveAt(place);
                    break;
                case 3:
                    bytes.InsertRange(place, bytes.GetRange(place, Math.Min(16, bytes.Count - place)));
                    break;
                default:
                    bytes.RemoveRange(place, bytes.Count - place);
                    break;
            }
        }

        return [.. bytes];
    }
}
