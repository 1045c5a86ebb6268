using System.Text;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Http;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Tests.Audit;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Functions.Tests.Webhooks;
using SecureZoom.Functions.Webhooks.Zoom;

namespace SecureZoom.Functions.Tests.Fuzzing;

/// <summary>Zoom's samples with something wrong in each: every one becomes a record that can be read, and holds no secret.</summary>
public sealed class ZoomEventFuzzTests
{
    private const int Inputs = 2000;

    [Fact]
    public void Whatever_a_payload_is_like_it_becomes_a_record_without_its_secrets()
    {
        var taken = 0;
        for (var number = 0; number < Fuzz.Inputs(Inputs); number++)
        {
            var random = new Random(unchecked(Fuzz.Seed + number));
            var sample = Specimens.Pick(random, ZoomSamples.All).DeepClone();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                Change(random, sample["payload"] ?? sample);
            }

            var body = Encoding.UTF8.GetBytes(sample.ToJsonString().Replace("HALF", @"\ud800", StringComparison.Ordinal));
            taken += TryTake(body) ? 1 : 0;
        }

        Assert.True(taken > Fuzz.Inputs(Inputs) * 9 / 10, $"Only {taken} were taken.");
    }

    private static bool TryTake(byte[] body)
    {
        try
        {
            using var webhook = Functions.Webhooks.Zoom.Webhook.Parse(body);
            var key = new SecretVersion("key");
            var message = AuditMessage.Seal(Story.Entry(webhook.ToEvent(new WebhookProof([Cloud.ZoomAccountId], key), ZoomSamples.Ids, DateTimeOffset.UtcNow)), key);
            Assert.False(message.Contains(ZoomSamples.Secret, StringComparison.Ordinal), $"A secret of {Encoding.UTF8.GetString(body)} is in {message}");
            var auditEvent = AuditMessage.Open(Encoding.UTF8.GetBytes(message), [key]).Entries.Single().Entry.Event!;
            var record = RecordFormat.TryRead(RecordFormat.Write(auditEvent, "log", "org", 0, DateTimeOffset.UtcNow, isNamesake: false));
            Assert.True(record is { Sentence.Length: > 0 }, $"No record can be read of {Encoding.UTF8.GetString(body)}");
            return true;
        }
        catch (RequestException)
        {
            return false;
        }
    }

    /// <summary>Changes one member somewhere in the tree; none gets another's name.</summary>
    private static void Change(Random random, JsonNode? node)
    {
        if (node is JsonArray { Count: > 0 } items)
        {
            Change(random, items[random.Next(items.Count)]);
        }

        if (node is not JsonObject { Count: > 0 } json)
        {
            return;
        }

        var name = json.ElementAt(random.Next(json.Count)).Key;
        var value = json[name];
        if (value is JsonObject or JsonArray && random.Next(4) > 0)
        {
            Change(random, value);
            return;
        }

        switch (random.Next(7))
        {
            case 0:
                json.Remove(name);
                break;
            case 1:
                json[name] = new JsonArray(value?.DeepClone());
                break;
            case 2:
                json[name] = new JsonObject { ["x"] = value?.DeepClone() };
                break;
            case 3:
                json["HALF"] = "HALF";
                break;
            case 4:
                json[name] = "HALF";
                break;
            case 5:
                json[name.ToUpperInvariant()] = value?.DeepClone();
                break;
            default:
                json[name] = Specimens.Hostile(random);
                break;
        }
    }
}
