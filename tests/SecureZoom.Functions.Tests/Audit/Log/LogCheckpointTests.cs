using System.Text.Json.Nodes;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Tests.Audit.Log;

/// <summary>A checkpoint's three lines, and whose they are.</summary>
public sealed class LogCheckpointTests
{
    private static readonly JsonNode Vectors = LogVectors.Notes["checkpoints"]!;

    public static TheoryData<string> Names => LogVectors.NamesOf(Vectors);

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_text_is_read_or_refused(string name)
    {
        var vector = LogVectors.Named(Vectors, name);
        var text = (string)vector["text"]!;
        var parsed = LogCheckpoint.TryParse(text, out var checkpoint);
        var parsedExtended = LogCheckpoint.TryParseExtended(text, out var extended);

        Assert.Equal((vector["checkpoint"] is not null, vector["extended"] is not null), (parsed, parsedExtended));
        Assert.Equal(vector["checkpoint"]?.ToJsonString(), Written(checkpoint));
        Assert.Equal(vector["extended"]?.ToJsonString(), Written(extended));
        Assert.Equal(parsed ? text : null, checkpoint?.Text);
    }

    [Fact]
    public void A_checkpoint_is_opened_by_its_logs_key_and_origin()
    {
        var checkpoint = new LogCheckpoint(LogKeys.Log.Key.Name, new TreeHead(8, LogVectors.Bytes(LogVectors.Tree["roots"]![8])));
        var note = SignedNote.Of(checkpoint.Text, LogKeys.Log.Sign(checkpoint.Text));

        Assert.True(LogCheckpoint.TryOpen(note, checkpoint.Origin, [LogKeys.Log.Key], out var opened));
        Assert.Equal(checkpoint, opened);
        Assert.False(LogCheckpoint.TryOpen(note, "another.example", [LogKeys.Log.Key], out _));
        Assert.False(LogCheckpoint.TryOpen(note, checkpoint.Origin, [LogKeys.Witness.Key], out _));
        Assert.False(LogCheckpoint.TryOpen(note, checkpoint.Origin, [], out _));
    }

    private static string? Written(LogCheckpoint? checkpoint) => checkpoint is null ? null : new JsonObject
    {
        ["origin"] = checkpoint.Origin,
        ["size"] = checkpoint.Head.Size,
        ["root"] = Convert.ToBase64String(checkpoint.Head.Root),
    }.ToJsonString();
}
