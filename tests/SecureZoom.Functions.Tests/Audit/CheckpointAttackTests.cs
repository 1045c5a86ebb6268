using System.Security.Cryptography;
using System.Text.Json;
using SecureZoom.Functions.Audit.Checkpoints;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>What was tried on checkpoints, the keys beside them, and the tiles that prove records by them.</summary>
public sealed class CheckpointAttackTests(Cloud cloud) : AttackBench(cloud)
{
    [Fact]
    public async Task A_key_planted_beside_the_checkpoints_is_not_trusted_and_what_it_signs_is_stepped_over_and_reported()
    {
        var bench = Bench();
        await AppendAndSignAsync(bench, 3);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var note = new NoteSigner(TrailBench.Options.Origin, RandomNumberGenerator.GetBytes(32));
        var planted = new TrustedKeys([PublicKey.Of(key)], [note.Key.ToString()]);
        await bench.Checkpoints.AddKeyStatementAsync(KeyStatement.Sign(planted, key), Cancellation);
        var text = new LogCheckpoint(TrailBench.Options.LogOf(Organization), new TreeHead(1_000_000, RandomNumberGenerator.GetBytes(32))).Text;
        var forged = new CheckpointFile(SignedNote.Of(text, note.Sign(text)).ToString(), CheckpointJws.Sign(text, Organization, number: 2, Time.GetUtcNow(), key));
        await Attacker.PutCheckpointAsync(2, JsonSerializer.Serialize(forged, JsonSerializerOptions.Web));

        var trusted = await bench.Keys.ReadTrustedAsync(Cancellation);
        Assert.Empty(trusted.Pins.Intersect(planted.Pins));
        await AssertSignsOnAsync(bench, badCheckpoints: 1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"note\":null,\"jws\":null}")]
    [InlineData("{\"note\":\"x\\n\\ny\",\"jws\":\"a..b\"}")]
    public async Task Garbage_under_the_next_numbers_is_stepped_over_and_reported(string garbage)
    {
        var bench = Bench();
        await AppendAndSignAsync(bench, 3);
        await Attacker.PutCheckpointAsync(2, garbage);
        await Attacker.PutCheckpointAsync(3, garbage);

        await AssertSignsOnAsync(bench, badCheckpoints: 2);
    }

    [Fact]
    public async Task Much_garbage_hides_nothing_else_that_is_wrong()
    {
        var bench = Bench();
        await AppendAndSignAsync(bench, 3);
        await Task.WhenAll(Enumerable.Range(2, 25).Select(number => Attacker.PutCheckpointAsync(number, "garbage")));
        await Attacker.EditAsync(2, "\"success\"", "\"denied\"");

        var codes = (await Bench().VerifyAsync(Organization)).Problems.Select(problem => problem.Code).Distinct();
        Assert.Equal([TrailProblems.BadCheckpoint, TrailProblems.Changed], codes.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("0000000002")]
    [InlineData("000000002.json")]
    [InlineData("00000000002.json")]
    [InlineData("+000000002.json")]
    [InlineData("0000000001/0000000002.json")]
    [InlineData("٠٠٠٠٠٠٠٠٠٢.json")]
    public async Task A_checkpoint_under_another_spelling_of_its_number_is_garbage_and_takes_nobody_s_place(string name)
    {
        var bench = Bench();
        await AppendAndSignAsync(bench, 3);
        await AppendAndSignAsync(bench, 2);
        var genuine = await Attacker.CheckpointBlob(2).DownloadContentAsync(Cancellation);
        await Attacker.Blobs.GetBlobClient($"{TrailBench.Options.FolderOf(Organization)}/{name}").UploadAsync(genuine.Value.Content, Cancellation);

        var names = await bench.Checkpoints.ListAsync(Organization, from: null, to: null, Cancellation);
        var files = await bench.Checkpoints.ReadAllAsync(names, Cancellation);
        Assert.Equal([1L, 2L], files.Where(file => file.Note.Length > 0).Select(file => file.Number!.Value));
        var verdict = await Bench().VerifyAsync(Organization);
        Assert.Equal(5, verdict.CoveredTo?.Head.Size);
        Assert.Contains(verdict.Problems, problem => problem.Code == TrailProblems.BadCheckpoint);
        await AppendAndSignAsync(Bench(), 1);
        Assert.Equal(3, await Bench().Checkpoints.ReadLastNumberAsync(Organization, Cancellation));
    }

    [Fact]
    public async Task An_old_checkpoint_under_the_next_number_and_the_table_of_its_time_are_not_signed_on()
    {
        var bench = Bench();
        await AppendAndSignAsync(bench, 3);
        var (backup, old) = (await Attacker.CopyAsync(), await ReadCheckpointAsync(1));
        await AppendAndSignAsync(bench, 3);
        await Attacker.RestoreAsync(backup);
        await Attacker.PutCheckpointAsync(3, old);

        // Nobody who has seen more runs any more.
        Assert.False(await Bench().SignAsync(Organization));
        var restarted = Bench();
        await restarted.AppendAsync(Organization, Story.Events(5));
        Assert.False(await restarted.SignAsync(Organization));
        var verdict = await restarted.VerifyAsync(Organization);
        AssertNamed(verdict, TrailProblems.BadCheckpoint, null);
        AssertNamed(verdict, TrailProblems.Changed, 4);
        Assert.NotEmpty(restarted.Alarms);
    }

    [Fact]
    public async Task A_genuine_note_under_the_next_number_with_a_stranger_s_word_for_the_number_is_stepped_over_and_reported()
    {
        var bench = Bench();
        await AppendAndSignAsync(bench, 3);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var genuine = await bench.Checkpoints.ReadAsync(Organization, 1, Cancellation);
        var forged = genuine with { Jws = CheckpointJws.Sign(genuine.Text, Organization, number: 2, Time.GetUtcNow(), key) };
        await Attacker.PutCheckpointAsync(2, JsonSerializer.Serialize(forged, JsonSerializerOptions.Web));

        await AssertSignsOnAsync(bench, badCheckpoints: 1);
    }

    [Fact]
    public async Task A_checkpoint_s_signature_stands_for_no_statement_of_keys_nor_the_other_way_round()
    {
        var bench = Bench();
        await AppendAndSignAsync(bench, 3);
        var trusted = await bench.Keys.ReadTrustedAsync(Cancellation);
        using var key = ECDsa.Create();
        key.ImportFromPem(Cloud.Secrets["audit-checkpoint-key"]);
        var statement = KeyStatement.Sign(trusted, key);
        var ofCheckpoint = CheckpointJws.Sign(statement.Keys, Organization, number: 1, Time.GetUtcNow(), key);

        Assert.NotNull(statement.ReadIf(trusted));
        Assert.Null((statement with { Jws = ofCheckpoint }).ReadIf(trusted));
        Assert.True(CheckpointJws.TryRead(ofCheckpoint, statement.Keys, out _));
        Assert.False(CheckpointJws.TryRead(statement.Jws, statement.Keys, out _));
    }

    [Fact]
    public async Task A_clock_that_is_set_back_makes_no_fork()
    {
        await AppendAndSignAsync(Bench(), 3);
        Time.Advance(-TimeSpan.FromMinutes(1));
        await AppendAndSignAsync(Bench(), 2);

        Assert.Empty((await Bench().VerifyAsync(Organization)).Problems);
    }

    [Fact]
    public async Task What_is_signed_stays_proved_when_the_key_of_its_seals_has_left_the_vault()
    {
        const string Name = "Secrets:storage-seal-key";
        await AppendAndSignAsync(Bench(), 3);
        var next = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        var both = Keep(new TrailBench(
            Cloud, Time, secrets: new() { [Name] = null, [$"{Name}:0"] = next, [$"{Name}:1"] = Cloud.Secrets["storage-seal-key"] }));
        Assert.True(await both.SignAsync(Organization));

        var later = Keep(new TrailBench(Cloud, Time, secrets: new() { [Name] = next }));
        Assert.Empty((await later.VerifyAsync(Organization)).Problems);
        await AppendAndSignAsync(later, 2);
        Assert.Empty((await later.VerifyAsync(Organization)).Problems);
    }

    [Fact]
    public async Task A_table_restored_from_a_backup_is_not_signed_however_it_went_on()
    {
        var bench = Bench();
        await bench.AppendAsync(Organization, Story.Events(3));
        var backup = await Attacker.CopyAsync();
        await AppendAndSignAsync(bench, 3);
        await Attacker.RestoreAsync(backup);

        // Nobody who has seen more runs any more; the trail grows past the checkpoint another way.
        var restored = Bench();
        await restored.AppendAsync(Organization, Story.Events(5));

        Assert.False(await restored.SignAsync(Organization));
        var verdict = await restored.VerifyAsync(Organization);
        AssertNamed(verdict, TrailProblems.Changed, 1);
        Assert.Null(verdict.CoveredTo);
    }

    [Fact]
    public async Task Signers_at_once_make_one_consistent_series()
    {
        var writer = Bench();
        for (var round = 0; round < 3; round++)
        {
            await writer.AppendAsync(Organization, Story.Events(20));
            var signers = Enumerable.Range(0, 4).Select(_ => Bench()).ToList();
            var appending = writer.AppendAsync(Organization, Story.Events(20));
            Assert.All(await Task.WhenAll(signers.Select(signer => signer.SignAsync(Organization))), Assert.True);
            await appending;
        }

        Assert.True(await Bench().SignAsync(Organization));
        var verdict = await Bench().VerifyAsync(Organization);
        Assert.Empty(verdict.Problems);
        Assert.Equal(120, verdict.CoveredTo!.Head.Size);
        Assert.Equal(120, verdict.Records);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Tiles_that_are_wrong_or_gone_are_made_anew_and_prove_again(bool gone)
    {
        var bench = Bench();
        await AppendAndSignAsync(bench, 300);
        foreach (var tile in (await Attacker.CopyAsync()).Where(row => row.RowKey.StartsWith("t:", StringComparison.Ordinal)))
        {
            await (gone ? Attacker.DeleteAsync(tile.RowKey) : Attacker.AlterAsync(tile.RowKey, row => ((byte[])row["Hashes"])[3] ^= 1));
        }

        await AppendAndSignAsync(bench, 1);

        await AssertProvesAsync(bench, 7, 301);
        Assert.Empty((await bench.VerifyAsync(Organization)).Problems);
    }

    [Theory]
    [InlineData("t:0:0000000000000000000")]
    [InlineData("t:0:0000000000000000001")]
    [InlineData("t:1:0000000000000000000")]
    public async Task A_single_tile_that_is_wrong_does_not_keep_a_record_from_being_proved(string tile)
    {
        var bench = Bench();
        await AppendAndSignAsync(bench, 300);
        await Attacker.AlterAsync(tile, row => ((byte[])row["Hashes"])[^1] ^= 1);

        await AssertProvesAsync(bench, 7, 300);
        await AssertProvesAsync(bench, 290, 300);
    }

    [Fact]
    public async Task Neither_tiles_nor_records_prove_what_was_not_signed()
    {
        var bench = Bench();
        await AppendAndSignAsync(bench, 5);
        await Attacker.RewriteAsync(deeds => deeds[1]["outcome"] = "denied");

        await Assert.ThrowsAsync<TrailDamagedException>(() => bench.Proofs.ProveAsync(Organization, 2, Cancellation));
        await Assert.ThrowsAsync<TrailDamagedException>(() => bench.Proofs.ProveConsistencyAsync(Organization, 3, null, Cancellation));
    }

    private async Task<string> ReadCheckpointAsync(int number) =>
        (await Attacker.CheckpointBlob(number).DownloadContentAsync(Cancellation)).Value.Content.ToString();

    private async Task AssertProvesAsync(TrailBench bench, long sequence, long size)
    {
        var proof = (await bench.Proofs.ProveAsync(Organization, sequence, Cancellation))!;
        var record = (await bench.Trail.ReadAsync(Organization, sequence, Cancellation))!;
        Assert.True(LogCheckpoint.TryParse(proof.Checkpoint.Text, out var checkpoint));
        Assert.Equal(size, checkpoint.Head.Size);
        Assert.True(InclusionProof.Verify(proof.Path, sequence - 1, record.Line!.Record.LeafHash(), checkpoint.Head));
        var (to, path) = (await bench.Proofs.ProveConsistencyAsync(Organization, sequence, null, Cancellation))!.Value;
        Assert.Equal(size, to);
        Assert.NotEmpty(path);
    }

    private async Task AssertSignsOnAsync(TrailBench bench, int badCheckpoints)
    {
        await AppendAndSignAsync(bench, 2);
        await AppendAndSignAsync(Bench(), 2);
        var verdict = await bench.VerifyAsync(Organization);
        Assert.Equal(7, verdict.CoveredTo!.Head.Size);
        Assert.Equal(badCheckpoints, verdict.Problems.Count(problem => problem.Code == TrailProblems.BadCheckpoint));
        Assert.Equal(badCheckpoints, verdict.Problems.Count);
        Assert.NotEmpty(bench.Alarms);
    }
}
