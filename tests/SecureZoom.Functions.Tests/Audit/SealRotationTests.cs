using System.Security.Cryptography;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>
/// The key <c>storage-seal-key</c> rotated again and again: of its versions the newest four and the first are at hand. What was recorded
/// stays recorded, as long as nobody disables the first (docs/operate.md, "Rotate a secret").
/// </summary>
public sealed class SealRotationTests(Cloud cloud) : AttackBench(cloud)
{
    private readonly string[] _versions = [.. Enumerable.Range(0, 6).Select(_ => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))];

    [Fact]
    public async Task An_event_that_comes_again_when_the_version_of_its_time_is_gone_is_known()
    {
        var auditEvent = Story.Event();
        await With(1, 0).AppendAsync(Organization, auditEvent);
        Assert.True(await With(2, 1, 0).SignAsync(Organization));

        var later = With(5, 4, 3, 2, 0);
        Assert.Equal(0, await later.AppendAsync(Organization, auditEvent));
        Assert.Equal(1, await later.AppendAsync(Organization, Story.Event()));
        Assert.Empty(later.Alarms);
        Assert.Empty((await later.VerifyAsync(Organization)).Problems);
    }

    [Fact]
    public async Task A_guard_that_is_put_there_by_whoever_has_no_version_swallows_nothing()
    {
        var bench = With(1, 0);
        var (recorded, sought) = (Story.Event(), Story.Event());
        await bench.AppendAsync(Organization, recorded);
        var guard = (await Attacker.CopyAsync()).Single(row => row.RowKey == $"g:{recorded.Id}");
        guard.RowKey = $"g:{sought.Id}";
        await Attacker.PutAsync(guard);

        Assert.Equal(1, await With(2, 1, 0).AppendAsync(Organization, sought));
    }

    [Fact]
    public async Task Without_the_first_version_what_Zoom_tells_again_is_another_event()
    {
        Assert.Equal(await IdAsync(1, 0), await IdAsync(5, 4, 3, 2, 0));
        Assert.NotEqual(await IdAsync(1, 0), await IdAsync(5, 4, 3, 2, 1));
    }

    [Fact]
    public async Task Without_the_first_version_an_event_that_comes_again_is_recorded_again_and_found()
    {
        var auditEvent = Story.Event();
        await With(1, 0).AppendAsync(Organization, auditEvent);
        Assert.True(await With(2, 1, 0).SignAsync(Organization));

        var without = With(5, 4, 3, 2, 1);
        Assert.Equal(1, await without.AppendAsync(Organization, auditEvent));
        Assert.Contains(without.Alarms, alarm => alarm.Contains(auditEvent.Id, StringComparison.Ordinal));
        AssertNamed(await without.VerifyAsync(Organization), TrailProblems.Twice, 2);
    }

    private async Task<string> IdAsync(params int[] versions) =>
        (await EventId.OpenAsync(Cloud.SecretStore(Secrets(versions)), Cancellation)).Of(AuditSources.Zoom, "acct", "meeting.started", "1764248400000", said: null);

    /// <summary>An instance with these versions at hand, the newest first.</summary>
    private TrailBench With(params int[] versions) => Keep(new TrailBench(Cloud, Time, secrets: Secrets(versions)));

    private Dictionary<string, string?> Secrets(int[] versions) => versions.Index()
        .ToDictionary(one => $"Secrets:storage-seal-key:{one.Index}", one => (string?)_versions[one.Item])
        .Append(new("Secrets:storage-seal-key", null))
        .ToDictionary();
}
