using System.Text.RegularExpressions;
using SecureZoom.Functions.Audit.Checkpoints;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Meetings;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Tests.Docs;

/// <summary><c>docs/privacy.md</c> leaves out nothing that is kept of people.</summary>
public sealed partial class PrivacyPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "privacy.md"));

    [Fact]
    public void Every_table_queue_and_container_is_in_it()
    {
        string[] places =
        [
            $"table {AuditTrail.TableName}", $"table {MeetingTable.Name}", $"table {AccessTable.Name}", $"table {CustomerList.Table}",
            $"queue {AuditRecorder.QueueName}", $"queue {AuditRecorder.QueueName}-poison",
            $"container {AuditQuarantine.ContainerName}", $"container {CheckpointBlobs.ContainerName}",
        ];
        Assert.Equal(places.Order(StringComparer.Ordinal), Places().Matches(Page).Select(found => $"{found.Groups[1].Value} {found.Groups[2].Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_table_queue_and_container_of_the_template_is_in_it()
    {
        var template = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "audit.bicep"));
        var named = Places().Matches(Page).Select(found => found.Groups[2].Value).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(Names().Matches(template).Select(found => found.Groups[1].Value).Except(named));
    }

    [Fact]
    public void Every_member_of_a_person_is_in_it()
    {
        var members = AuditRecordJson.Default.GetTypeInfo(typeof(Person))!.Properties.Select(property => property.Name);
        var section = Page.Split("## A person in a record")[1].Split("\n## ")[0];
        Assert.Equal(members.Order(StringComparer.Ordinal), Members().Matches(section).Select(found => found.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("""^\| (table|queue|container) `([\w-]+)` \|""", RegexOptions.Multiline)]
    private static partial Regex Places();

    [GeneratedRegex("""^\| `(\w+)` \|""", RegexOptions.Multiline)]
    private static partial Regex Members();

    [GeneratedRegex("""resource \w+ '(?:containers|queues|tables)' = \{\s+name: '([a-z-]+)'""")]
    private static partial Regex Names();
}
