using System.Text.Json;
using System.Text.Json.Nodes;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Tests.Audit.Vectors;

/// <summary>An evidence file for verifiers to judge, and what they must say of it.</summary>
/// <param name="Lines">Without the end.</param>
/// <param name="Problems">Each a code, and behind a blank the sequence where there is one.</param>
internal sealed record EvidenceCase(string Name, string[] Lines, params string[] Problems)
{
    public string Now { get; init; } = "2025-11-24T12:05:00Z";

    public string[] Trusted { get; init; } = [VectorTrail.Fingerprint];

    public CheckpointFile Checkpoint { get; init; } = VectorTrail.Checkpoints[2];

    /// <summary>How many it says it has; null for as many as there are.</summary>
    public int? Reported { get; init; }

    /// <summary>Whether it says that it withholds others.</summary>
    public bool IsPartial { get; init; }

    public long CoveredTo { get; init; } = 12;

    /// <summary>Whether the checkpoint counts for nothing.</summary>
    public bool IsUncovered { get; init; }

    private int Records => (Lines.Length + 1) / 2;

    public JsonObject ToJson() => new()
    {
        ["name"] = Name,
        ["now"] = Now,
        ["trusted"] = new JsonArray([.. Trusted.Select(key => JsonValue.Create(key))]),
        ["lines"] = new JsonArray([.. Lines.Append(End()).Select(line => JsonValue.Create(line))]),
        ["expected"] = new JsonObject
        {
            ["records"] = Records,
            ["coveredTo"] = IsUncovered ? null : CoveredTo,
            ["problems"] = new JsonArray([.. Problems.Select(VectorCase.Problem)]),
        },
    };

    private string End()
    {
        var evidence = new JsonObject { ["records"] = Reported ?? Records, ["checkpoint"] = VectorTrail.Text(Checkpoint) };
        if (IsPartial)
        {
            evidence["partial"] = true;
        }

        evidence["how"] = "See docs/trail-format.md.";
        return new JsonObject { ["evidence"] = evidence }.ToJsonString(VectorFile.Plain);
    }
}
