using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Tests.Audit.Erasing;

/// <summary>A person of a thousand records is erased, and every verifier counts what was destroyed and names whose authority it was.</summary>
public sealed class ManyErasedTests(QueueCloud queues) : IClassFixture<QueueCloud>, IAsyncLifetime
{
    private ErasureBench _bench = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bench = await ErasureBench.StartAsync(queues.Cloud);

    public async ValueTask DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task A_thousand_records_are_erased_and_two_parts_more_without_authority_are_found()
    {
        await _bench.AppendAsync([.. Enumerable.Range(0, 1_010).Select(number => Story.Event(actor: number % 100 == 99 ? ErasureBench.Bob : _bench.Alice, topic: null))]);
        await _bench.ForgetAsync();
        Assert.Empty((await _bench.SignAndVerifyAsync()).Problems);
        await _bench.DestroyAsync(100, 0);
        await _bench.DestroyAsync(200, 0);
        var verdict = await _bench.SignAndVerifyAsync();
        Assert.Equal([(TrailProblems.ErasedWithoutRecord, 100L), (TrailProblems.ErasedWithoutRecord, 200L)], verdict.Problems.Select(problem => (problem.Code, problem.Sequence!.Value)));
        Assert.Equal((1_000, 1_000, 1, 2), (verdict.Erased.Parts, verdict.Erased.Records, verdict.Erased.By.Count, verdict.Erased.Unexplained));

        var (code, told) = await VerifyOfflineAsync();
        Assert.Equal(1, code);
        Assert.Equal(
            [
                "erased_without_record: Parts of record 100 are destroyed, and no record behind it says that they were to be.",
                "erased_without_record: Parts of record 200 are destroyed, and no record behind it says that they were to be.",
            ],
            told.Where(line => line.Contains(": ", StringComparison.Ordinal) && line.StartsWith("erased", StringComparison.Ordinal)));
        Assert.Contains("1000 erased (1000 parts), authorised by record 1011", told);
    }

    [Fact]
    public async Task More_than_one_record_says_what_no_one_record_holds()
    {
        await _bench.AppendAsync([.. Enumerable.Range(0, 1_700).Select(number => Story.Event(actor: number % 2 == 1 ? ErasureBench.Bob : _bench.Alice, topic: null))]);
        var erasure = await _bench.ForgetAsync();
        Assert.Equal((850, 2), (erasure.Records, erasure.Authorities.Count));
        var verdict = await _bench.SignAndVerifyAsync();
        Assert.Empty(verdict.Problems);
        Assert.Equal((850, 2), (verdict.Erased.Records, verdict.Erased.By.Count));
    }

    /// <summary>What <c>script/verify-audit</c> says of an export.</summary>
    private async Task<(int Code, string[] Told)> VerifyOfflineAsync()
    {
        var export = await _bench.App.As(Accounts.Olive).GetAsync($"audit?organization={_bench.Organization}", ("Accept", "application/x-ndjson"));
        using var key = System.Security.Cryptography.ECDsa.Create();
        key.ImportFromPem(_bench.Cloud.Secrets["audit-checkpoint-key"]);
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, export.Bytes, Cancellation);
            var told = new StringWriter();
            var code = await Tools.VerifyAudit.RunAsync([file, "--key", PublicKey.Of(key).Thumbprint], told, Cancellation);
            return (code, told.ToString().Split('\n'));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
