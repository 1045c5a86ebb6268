using System.Net;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Operator;
using SecureZoom.Sandbox.Identity;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Tests.Audit.Erasing;

/// <summary>Somebody who can write to the table and has no key makes us neither tell, give away, erase nor keep what is not theirs.</summary>
public sealed class OwnRecordsTests(QueueCloud queues) : IClassFixture<QueueCloud>, IAsyncLifetime
{
    /// <summary>Far enough that nothing which is appended meets it.</summary>
    private const long PastTheHead = 1_000;

    private const string SealKey = "Secrets:storage-seal-key";

    private ErasureBench _bench = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bench = await ErasureBench.StartAsync(queues.Cloud);
        await _bench.TellAsync();
    }

    public async ValueTask DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task A_row_that_is_planted_past_the_head_ties_nobody_else_to_a_person()
    {
        await _bench.SignAndVerifyAsync();
        // That Bob's account is hers.
        await PlantAsync(PastTheHead, ErasureBench.Bob with { Email = _bench.Email });
        Assert.DoesNotContain("Bob Brown", await TellAsync(), StringComparison.Ordinal);
        var evidence = await CollectAsync();
        Assert.Equal(HttpStatusCode.OK, evidence.Status);
        Assert.DoesNotContain("Bob Brown", evidence.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_is_planted_past_the_head_makes_nobody_somebody_and_is_no_part_of_a_range_on_hold()
    {
        await PlantAsync(PastTheHead, new AuditActor { Type = "user", Issuer = ErasureBench.Issuer, Subject = "okta|acme|planted", Name = "Pia Planted", Email = _bench.Email });
        Assert.Equal("person_not_found", (await AskAsync("okta|acme|planted")).Code);

        await _bench.Holds.AddAsync(_bench.Organization, person: null, (6, 2_000), "A court asks.", _bench.Operator, Cancellation);
        await PlantAsync(PastTheHead, _bench.Alice);
        Assert.Equal(HttpStatusCode.Accepted, (await AskAsync(_bench.Email)).Status);
    }

    [Fact]
    public async Task A_record_in_another_s_place_is_neither_told_nor_given_away()
    {
        await _bench.SignAndVerifyAsync();
        await PlantAsync(6, ErasureBench.Bob with { Email = _bench.Email });
        await Assert.ThrowsAsync<TrailDamagedException>(TellAsync);
        foreach (var refused in (Answer[])[await CollectAsync(), await AskAsync("okta|acme|nobody")])
        {
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "trail_damaged"), (refused.Status, refused.Code));
        }
    }

    [Fact]
    public async Task Who_takes_the_first_records_away_takes_no_hold_away()
    {
        var hold = await _bench.Holds.AddAsync(_bench.Organization, _bench.Email, range: null, "A court asks.", _bench.Operator, Cancellation);
        await _bench.AppendAsync(Story.Event(actor: _bench.Alice, topic: null));
        await _bench.Table.DeleteEntityAsync(".holds", $"{_bench.Organization}:{hold.Id}", cancellationToken: Cancellation);
        foreach (var sequence in Enumerable.Range(1, 7))
        {
            await _bench.Table.DeleteEntityAsync(_bench.Organization, TrailRows.KeyOf(sequence), cancellationToken: Cancellation);
        }

        await Assert.ThrowsAsync<TrailDamagedException>(() => _bench.ForgetAsync());
        Assert.Empty((await _bench.WithheldAsync())[0]);
    }

    [Fact]
    public async Task Records_whose_seal_is_older_than_the_keys_that_are_read_are_ours_by_the_head_and_none_that_was_changed()
    {
        var first = queues.Cloud.Secrets["storage-seal-key"];
        string[] keys = [.. Enumerable.Range(2, 7).Reverse().Select(number => $"{number}. key of seals, 32 bytes long."), first];
        var organization = Story.NewOrganization();
        using (var second = new TrailBench(queues.Cloud, _bench.Time, secrets: Keys(keys[^2..])))
        {
            await second.AppendAsync(organization, Story.Event(actor: _bench.Alice, topic: null), Story.Event(actor: ErasureBench.Bob));
        }

        using (var between = new TrailBench(queues.Cloud, _bench.Time, secrets: Keys([.. keys[2..6], keys[^2], first])))
        {
            await between.Trail.RenewSealAsync(organization, await between.Trail.ReadHeadAsync(organization, Cancellation), Cancellation);
        }

        // As the vault is read: the four newest, and the oldest.
        await using var rotated = await ErasureBench.StartAsync(queues.Cloud, settings: Keys([.. keys[..4], first]));
        var erased = await rotated.Erasure.ForgetAsync(organization, _bench.Email, "She asked for it.", _bench.Operator, Cancellation);
        Assert.Equal((1L, "watching"), (erased.Parts, erased.State));

        var row = (await _bench.Table.GetEntityAsync<TableEntity>(organization, TrailRows.KeyOf(2), cancellationToken: Cancellation)).Value;
        var other = LogRecord.Of("{\"v\":1,\"log\":\"x\",\"index\":1}"u8.ToArray(), []);
        await _bench.Table.UpdateEntityAsync(
            TrailRows.Row(organization, new StoredRecord(2, new RecordLine(other, other.LeafHash()), row.GetString("Mac"))), row.ETag, TableUpdateMode.Replace, Cancellation);
        await Assert.ThrowsAsync<TrailDamagedException>(() => rotated.Erasure.ForgetAsync(organization, ErasureBench.Bob.Email!, "x", _bench.Operator, Cancellation));
    }

    private static Dictionary<string, string?> Keys(IReadOnlyList<string> keys) =>
        keys.Index().Select(one => KeyValuePair.Create($"{SealKey}:{one.Index}", (string?)one.Item)).Append(new(SealKey, null)).ToDictionary();

    /// <summary>A record as somebody without a key would make it: all is as it should be but the seal.</summary>
    private async Task PlantAsync(long sequence, AuditActor actor)
    {
        var record = RecordFormat.Write(
            Story.Event(actor: actor, topic: null), TrailBench.Options.LogOf(_bench.Organization), _bench.Organization, sequence - 1, _bench.Time.GetUtcNow(), isNamesake: false);
        var leaf = record.LeafHash();
        var mac = RecordMac.Of(new SecretVersion("a key that is not ours, 32 bytes."), TrailBench.Options.LogOf(_bench.Organization), sequence, leaf);
        await _bench.Table.UpsertEntityAsync(TrailRows.Row(_bench.Organization, new StoredRecord(sequence, new RecordLine(record, leaf), mac)), TableUpdateMode.Replace, Cancellation);
    }

    private async Task<string> TellAsync()
    {
        var output = new StringWriter();
        await Tell.RunAsync([_bench.Email, "--organization", _bench.Organization], () => new RunningApp(_bench.App.Services), output, Cancellation);
        return output.ToString();
    }

    private Task<Answer> CollectAsync() => _bench.App.As(Accounts.Olive).GetAsync($"audit/evidence?organization={_bench.Organization}&person={_bench.Email}");

    private Task<Answer> AskAsync(string person) => _bench.App.As(Accounts.Carol.In(_bench.Organization), AccountExtensions.Eraser)
        .PostAsync("audit/erasures", new JsonObject { ["person"] = person, ["reason"] = "They asked for it." });
}
