using SecureZoom.Functions.Tests.Audit.Vectors;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Storage;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>
/// Each attack of the catalogue is named by the server's verification and by the offline tool, and a trail on which nothing was tried is
/// right for both; the site's verifier and its shield are held to the same trails (verify.test.ts).
/// </summary>
public sealed class CatalogueTests(Cloud cloud)
{
    /// <summary>What the server finds where others, who are given less, find nothing, or something else.</summary>
    private static readonly Dictionary<string, string> ServerFinds = new(StringComparer.Ordinal)
    {
        // It knows what was signed since.
        ["looked at long after it was exported"] = TrailProblems.NotSigned,
        // A checkpoint has a place of its own.
        ["numbers are left out where somebody has put garbage"] = TrailProblems.BadCheckpoint,
        ["a checkpoint stands there twice, and the note's key says no number"] = TrailProblems.BadCheckpoint,
        ["a smaller tree is signed after a larger one"] = TrailProblems.BadCheckpoint,
        ["checkpoints have changed places"] = TrailProblems.BadCheckpoint,
        ["two trees are signed under one number"] = TrailProblems.BadCheckpoint,
        ["the same tree is signed again under an old number"] = TrailProblems.BadCheckpoint,
        ["a larger tree is signed under an old number"] = TrailProblems.BadCheckpoint,
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void It_has_thirty_attacks_with_causes_of_their_own() =>
        // Whatever stands in a line that is none has one cause.
        Assert.InRange(Catalogue.All.Count(trail => trail.Codes.Count > 0 && !trail.Problems.Contains("unreadable 6")), 30, int.MaxValue);

    [Fact]
    public async Task The_server_names_each_and_nothing_on_a_trail_that_is_right()
    {
        await using var azurite = await Azurite.StartAsync(new(), Cancellation);
        var stored = new StoredCatalogue(cloud, azurite.ConnectionString);
        await stored.PrepareAsync();
        var wrong = new List<string>();
        foreach (var trail in Catalogue.All.Where(StoredCatalogue.Takes).DistinctBy(trail => trail.Problems.Contains("unreadable 6") ? "unreadable 6" : trail.Name))
        {
            var verdict = await stored.VerifyAsync(trail);
            IReadOnlyCollection<string> expected = ServerFinds.TryGetValue(trail.Name, out var other) ? [other] : trail.Codes;
            var found = verdict.Problems.Select(problem => problem.Code).ToHashSet(StringComparer.Ordinal);
            if (!found.IsSupersetOf(expected) || verdict.Valid != (expected.Count == 0) || (expected.Count == 0 && verdict.CoveredTo?.Head.Size != trail.CoveredTo))
            {
                wrong.Add($"{trail.Name}: {string.Join(' ', found)}, not {string.Join(' ', expected)}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task The_offline_tool_names_each_and_ends_with_0_for_none()
    {
        var wrong = new List<string>();
        foreach (var trail in Catalogue.All)
        {
            var (code, said) = await OfflineTool.RunAsync(trail);
            var unsaid = trail.Codes.Where(one => trail.Trusted.Length > 0 && !said.Contains($"{one}: ", StringComparison.Ordinal)).ToList();
            if (unsaid.Count > 0 || (trail.Codes.Count > 0 && code == 0) || (trail.IsProved && code != 0))
            {
                wrong.Add($"{trail.Name}: {code}, unsaid: {string.Join(' ', unsaid)}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Of_a_long_trail_server_and_tool_say_exactly_what_is_erased_let_go_and_without_authority()
    {
        var trail = LongCase.Case;
        await using var azurite = await Azurite.StartAsync(new(), Cancellation);
        var stored = new StoredCatalogue(cloud, azurite.ConnectionString);
        await stored.PrepareAsync();
        var verdict = await stored.VerifyAsync(trail);
        Assert.Equal(
            (trail.Records, trail.CoveredTo, trail.Cut, VectorCase.ErasedJson(trail.Erased).ToJsonString()),
            (verdict.Records, verdict.CoveredTo?.Head.Size, verdict.Cut, VectorCase.ErasedJson(verdict.Erased).ToJsonString()));
        Assert.Equal(trail.Problems, verdict.Problems.Select(problem => $"{problem.Code} {problem.Sequence}"));

        var (code, said) = await OfflineTool.RunAsync(trail);
        Assert.Equal(
            string.Concat(trail.Problems.Select(problem => $"erased_without_record: Parts of record {problem.Split(' ')[1]} are destroyed, and no record behind it says that they were to be.\n"))
            + """
            1266 records, BROKEN since 2025-11-24 13:25:40Z
            proved to record 1522, signed 2025-11-24 20:28:40Z
            records 1 to 256 were let go, by record 1521
            1000 erased (1500 parts), authorised by record 1522
            2 further parts are withheld: what says that they were to be erased is not in this file

            """,
            said);
        Assert.Equal(1, code);
    }
}
