using System.Globalization;
using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>Garbage among checkpoints that is far from them, or large.</summary>
public sealed class CheckpointGarbageTests(Cloud cloud) : AttackBench(cloud)
{
    [Fact]
    public async Task Holes_among_garbage_and_another_log_s_checkpoints_are_stepped_over()
    {
        var bench = Bench();
        await AppendAndSignAsync(bench, 3);
        var another = Story.NewOrganization();
        await bench.AppendAsync(another, Story.Events(9));
        Assert.True(await bench.SignAsync(another));
        var theirs = JsonSerializer.Serialize(await bench.Checkpoints.ReadAsync(another, 1, Cancellation), JsonSerializerOptions.Web);
        await Attacker.PutCheckpointAsync(2, "garbage");
        await Attacker.PutCheckpointAsync(4, theirs);

        await AppendAndSignAsync(Bench(), 2);
        Assert.Equal(5, (await Bench().VerifyAsync(Organization)).CoveredTo?.Head.Size);
    }

    [Theory]
    [InlineData("3 6 12")]
    [InlineData("2 3 5 9 17 33")]
    [InlineData("9999999999")]
    public async Task Garbage_with_gaps_leads_nobody_past_the_next_free_number(string numbers)
    {
        var garbage = numbers.Split(' ').Select(number => long.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        var bench = Bench();
        await AppendAndSignAsync(bench, 3);
        foreach (var number in garbage)
        {
            await Attacker.PutCheckpointAsync(number, "garbage");
        }

        await AppendAndSignAsync(Bench(), 2);
        await AppendAndSignAsync(Bench(), 1);

        var free = Enumerable.Range(2, 100).Select(number => (long)number).Except(garbage).Take(2).ToArray();
        var files = await Task.WhenAll(free.Select(number => bench.Checkpoints.ReadAsync(Organization, number, Cancellation)));
        Assert.All(files, file => Assert.NotEmpty(file.Note));
        Assert.Equal(6, (await Bench().VerifyAsync(Organization)).CoveredTo?.Head.Size);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 3)]
    [InlineData(2, 5)]
    public async Task Garbage_in_front_of_the_first_checkpoint_keeps_nothing_from_being_signed(int first, int second)
    {
        await Attacker.Blobs.CreateIfNotExistsAsync(cancellationToken: Cancellation);
        await Attacker.PutCheckpointAsync(first, "garbage");
        await Attacker.PutCheckpointAsync(second, "garbage");

        await AppendAndSignAsync(Bench(), 2);

        Assert.Equal(2, (await Bench().VerifyAsync(Organization)).CoveredTo?.Head.Size);
    }

    [Fact]
    public async Task Garbage_wherever_one_who_gallops_looks_costs_no_more_than_what_is_there()
    {
        var bench = Bench();
        await AppendAndSignAsync(bench, 3);
        // As far as numbers go: what is between two of them is not looked for.
        for (long number = 3, step = 4; number <= 9_999_999_999; number += step, step *= 2)
        {
            await Attacker.PutCheckpointAsync(number, "garbage");
        }

        await AppendAndSignAsync(Bench(), 2);

        Assert.Equal(5, (await Bench().VerifyAsync(Organization)).CoveredTo?.Head.Size);
    }

    [Fact]
    public async Task Garbage_of_many_megabytes_is_not_read_to_its_end()
    {
        await AppendAndSignAsync(Bench(), 3);
        await Attacker.PutCheckpointAsync(2, new string(' ', 0x1000000));
        var largest = new Largest();
        using var bench = new TrailBench(Cloud, Time, blobPolicy: largest);

        await AppendAndSignAsync(bench, 2);

        Assert.Equal(5, (await bench.VerifyAsync(Organization)).CoveredTo?.Head.Size);
        Assert.InRange(largest.Length, 1, 0x10000);
    }

    /// <summary>How long the longest of all answers was, in bytes.</summary>
    private sealed class Largest : HttpPipelineSynchronousPolicy
    {
        private long _length;

        public long Length => Volatile.Read(ref _length);

        public override void OnReceivedResponse(HttpMessage message)
        {
            if (message.Request.Method == RequestMethod.Get)
            {
                InterlockedMax(message.Response.Headers.ContentLengthLong ?? 0);
            }
        }

        private void InterlockedMax(long length)
        {
            for (var known = Length; length > known; known = Length)
            {
                Interlocked.CompareExchange(ref _length, length, known);
            }
        }
    }
}
