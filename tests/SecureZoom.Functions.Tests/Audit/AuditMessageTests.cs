using System.Text;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Secrets;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>Events as they travel the queue: sealed, and never too large for it.</summary>
public sealed class AuditMessageTests
{
    private static readonly SecretVersion Key = new("the key");

    [Fact]
    public void What_was_sealed_opens_and_with_an_earlier_key_too()
    {
        var auditEvent = Story.Event(details: new JsonObject { ["role"] = 1 });
        var opened = Open(AuditMessage.Seal(Story.Entry(auditEvent), Key), new SecretVersion("newer"), Key);
        Assert.Equal(auditEvent.Id, opened!.Id);
        Assert.Equal(1, (int)opened.Details!["role"]!);
    }

    [Fact]
    public void No_change_of_a_single_character_opens()
    {
        var sealedMessage = AuditMessage.Seal(Story.Entry(Story.Event()), Key);
        for (var index = 0; index < sealedMessage.Length; index++)
        {
            var changed = sealedMessage[index] == 'x' ? 'y' : 'x';
            Assert.Null(Open($"{sealedMessage[..index]}{changed}{sealedMessage[(index + 1)..]}", Key));
        }
    }

    [Theory]
    [InlineData('x')]
    [InlineData('ü')]
    [InlineData('\u0001')]
    [InlineData('"')]
    public void However_large_its_fields_are_an_event_fits_and_keeps_its_id(char filler)
    {
        var large = new string(filler, 5000);
        var details = new JsonObject();
        for (var index = 0; index < 100; index++)
        {
            details[$"member{index}"] = large;
        }

        var actor = new AuditActor
        {
            Type = "user",
            Issuer = large,
            Subject = large,
            Name = large,
            Email = large,
            Department = large,
            OrganizationName = large,
        };
        var auditEvent = Story.Event(actor: actor, topic: large, details: details) with { Client = new RequestClient(large, large, large), Meeting = large };

        var message = AuditMessage.Seal(Story.Entry(auditEvent), Key);
        Assert.InRange(message.Length, 1, AuditMessage.MaxLength);
        Assert.Equal(auditEvent.Id, Open(message, Key)!.Id);
    }

    private static AuditEvent? Open(string message, params SecretVersion[] keys) =>
        AuditMessage.Open(Encoding.UTF8.GetBytes(message), keys).Entries is [{ Entry.Event: { } auditEvent }] ? auditEvent : null;
}
