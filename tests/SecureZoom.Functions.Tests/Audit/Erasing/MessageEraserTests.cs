using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Audit.Erasing;

/// <summary>What lies in quarantine or in the poison queue is erased as well, and its numbers leave no gap.</summary>
public sealed class MessageEraserTests(QueueCloud queues) : IClassFixture<QueueCloud>, IAsyncLifetime
{
    private ErasureBench _bench = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bench = await ErasureBench.StartAsync(queues.Cloud);
        await _bench.TellAsync();
    }

    public async ValueTask DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task A_message_in_quarantine_loses_the_person_and_keeps_the_rest_its_numbers_and_its_reason()
    {
        var (theirs, other) = (await SealAsync(Theirs()), await SealAsync(Story.Event(actor: ErasureBench.Bob, topic: null) with { Organization = _bench.Organization }));
        await _bench.Quarantine.CreateIfNotExistsAsync(cancellationToken: Cancellation);
        await KeepAsync($"{theirs}\n{other}", "rejected");
        await KeepAsync($"garbage that names {_bench.Email}", "not_sealed");
        await KeepAsync(Convert.ToBase64String(Encoding.UTF8.GetBytes($"garbage that names {ErasureBench.Name}")), "not_sealed");
        await KeepAsync("garbage that names nobody", "not_sealed");

        await _bench.ForgetAsync();

        var left = new Dictionary<string, string>();
        await foreach (var item in _bench.Quarantine.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, prefix: "erasing/", Cancellation))
        {
            var content = (await _bench.Quarantine.GetBlobClient(item.Name).DownloadContentAsync(Cancellation)).Value.Content.ToString();
            Assert.EndsWith(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content))), item.Name, StringComparison.Ordinal);
            left[content] = item.Metadata["reason"];
        }

        Assert.Equal(["garbage that names nobody"], left.Keys.Where(content => content.StartsWith("garbage", StringComparison.Ordinal)));
        var (message, reason) = left.Single(one => !one.Key.StartsWith("garbage", StringComparison.Ordinal));
        Assert.Equal("rejected", reason);
        Assert.Contains(other, message, StringComparison.Ordinal);
        AssertErased(message.Split('\n').Single(line => line != other), theirs);
    }

    [Fact]
    public async Task A_poison_message_is_rewritten_where_it_lies_and_replayed_as_the_same_event()
    {
        var auditEvent = Theirs();
        var line = await SealAsync(auditEvent);
        var poison = _bench.Queue("audit-events-poison");
        await poison.CreateIfNotExistsAsync(cancellationToken: Cancellation);
        await poison.SendMessageAsync(line, Cancellation);
        await poison.SendMessageAsync("garbage", Cancellation);
        // What is not even base64 stands in nobody's way, and goes as well.
        var plain = _bench.Queue("audit-events-poison", QueueMessageEncoding.None);
        await plain.SendMessageAsync($"no base64, of {_bench.Email}", Cancellation);

        await _bench.ForgetAsync();

        var messages = (await poison.ReceiveMessagesAsync(32, cancellationToken: Cancellation)).Value;
        Assert.Equal(2, messages.Length);
        var erased = messages.Select(message => message.Body.ToString()).Single(text => text != "garbage");
        AssertErased(erased, line);
        await _bench.App.Services.GetRequiredService<Functions.Intake.MessageIntake>().TakeAsync(Encoding.UTF8.GetBytes(erased), Cancellation);
        var record = Assert.Single(await _bench.ReadAsync(), one => one.Id == auditEvent.Id);
        Assert.StartsWith("Somebody ", record.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_of_other_organisations_stay_as_they_are_and_those_of_nobody_wait_for_an_operator()
    {
        var other = Story.NewOrganization();
        var (own, others, nobodys) = (await SealAsync(Theirs()), await SealAsync(Theirs() with { Organization = other }), await SealAsync(Theirs() with { Organization = null }));
        var (shared, guests) = (Theirs() with { AlsoIn = other }, Theirs() with { Organization = other, AlsoIn = _bench.Organization });
        var garbage = $"garbage that names {_bench.Email}";
        string[] lines = [own, others, nobodys, await SealAsync(shared), await SealAsync(guests), garbage];
        await _bench.Quarantine.CreateIfNotExistsAsync(cancellationToken: Cancellation);
        var poison = _bench.Queue("audit-events-poison");
        await poison.CreateIfNotExistsAsync(cancellationToken: Cancellation);
        await _bench.AskAsync(meanwhile: async () =>
        {
            await KeepAsync(string.Join('\n', lines), "rejected", "others");
            foreach (var line in lines)
            {
                await poison.SendMessageAsync(line, Cancellation);
            }
        });

        var quarantined = await LinesAsync("others");
        var queued = (await PeekAsync()).SelectMany(message => message.Split('\n')).ToList();
        foreach (var left in (List<string>[])[quarantined, queued])
        {
            Assert.Contains(others, left);
            Assert.Contains(nobodys, left);
            Assert.Contains(garbage, left);
            Assert.DoesNotContain(own, left);
            foreach (var both in (AuditEvent[])[shared, guests])
            {
                // One for each trail, of the same number: what this organisation's gets names her no more, what the other's gets is whole.
                var halves = (await OpenAsync(left)).Where(entry => entry.Event!.Id == both.Id).ToDictionary(entry => entry.Event!.Organization!);
                Assert.Equal(halves[other].Number, halves[_bench.Organization].Number);
                Assert.Equal(((string?)null, (string?)null, _bench.Email), (halves[_bench.Organization].Event!.AlsoIn, halves[_bench.Organization].Event!.Actor.Email, halves[other].Event!.Actor.Email));
            }
        }

        await _bench.ForgetAsync();
        foreach (var left in (List<string>[])[await LinesAsync("others"), [.. (await PeekAsync()).SelectMany(message => message.Split('\n'))]])
        {
            Assert.Contains(others, left);
            Assert.DoesNotContain(nobodys, left);
            Assert.DoesNotContain(garbage, left);
        }

        await poison.ClearMessagesAsync(Cancellation);
    }

    private async Task<List<string>> LinesAsync(string folder)
    {
        var lines = new List<string>();
        await foreach (var item in _bench.Quarantine.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix: $"{folder}/", Cancellation))
        {
            lines.AddRange((await _bench.Quarantine.GetBlobClient(item.Name).DownloadContentAsync(Cancellation)).Value.Content.ToString().Split('\n'));
        }

        return lines;
    }

    private async Task<IEnumerable<string>> PeekAsync() =>
        (await _bench.Queue("audit-events-poison").PeekMessagesAsync(32, Cancellation)).Value.Select(message => message.Body.ToString());

    private async Task<IEnumerable<AuditEntry>> OpenAsync(IEnumerable<string> lines) => AuditMessage.Open(
        Encoding.UTF8.GetBytes(string.Join('\n', lines)), await _bench.Cloud.SecretStore().AllAsync(SecretNames.AuditMessageKey, Cancellation))
        .Entries.Select(sealedOne => sealedOne.Entry);

    private AuditEvent Theirs() => Story.Event(actor: _bench.Alice, topic: $"{ErasureBench.Name}' room", details: new JsonObject { ["host"] = _bench.Email }) with
    {
        Organization = _bench.Organization,
        Whose = new EventOwner { Host = _bench.Email, Operator = "bob@acme.test" },
    };

    private void AssertErased(string line, string before)
    {
        Assert.Equal(QueueBench.NumberOf(Encoding.UTF8.GetBytes(before)), QueueBench.NumberOf(Encoding.UTF8.GetBytes(line)));
        Assert.DoesNotContain("alice", line, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(_bench.Pseudonym, line, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("bob@acme.test", line, StringComparison.Ordinal);
    }

    private async Task<string> SealAsync(AuditEvent auditEvent) => AuditMessage.Seal(
        Story.Entry(auditEvent), await _bench.Cloud.SecretStore().SealingAsync(SecretNames.AuditMessageKey, Cancellation));

    private async Task KeepAsync(string message, string reason, string folder = "erasing")
    {
        var name = $"{folder}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(message)))}";
        var options = new BlobUploadOptions { Metadata = new Dictionary<string, string> { [AuditQuarantine.ReasonKey] = reason } };
        await _bench.Quarantine.GetBlobClient(name).UploadAsync(BinaryData.FromString(message), options, Cancellation);
    }
}
