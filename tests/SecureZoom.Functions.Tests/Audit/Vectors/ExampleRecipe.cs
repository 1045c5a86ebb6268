using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Authorization;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Tests.Audit.Vectors;

/// <summary>What <c>docs/trail-format.md</c> takes apart: the second record of six, as the app writes it but for salts that are always the same.</summary>
internal sealed class ExampleRecipe
{
    private const string Organization = "org_acme";
    private const int Count = 6;
    private const int Index = 1;

    private static readonly DateTimeOffset Start = new(2026, 11, 26, 18, 55, 0, TimeSpan.Zero);

    public ExampleRecipe()
    {
        var log = TrailBench.Options.LogOf(Organization);
        byte[][] leaves = [.. Enumerable.Range(0, Count).Select(index => Commit(index).LeafHash())];
        var head = leaves.Aggregate(TreeEdge.Empty, (edge, leaf) => edge.Append(leaf)).Head;
        var text = new LogCheckpoint(log, head).Text;
        var signer = new NoteSigner(TrailBench.Options.Origin, VectorTrail.Hash("example's note"));
        byte[][] path =
        [
            leaves[0],
            Merkle.NodeHash(leaves[2], leaves[3]),
            Merkle.NodeHash(leaves[4], leaves[5]),
        ];
        Record = System.Text.Encoding.UTF8.GetString(new RecordLine(Commit(Index), leaves[Index]).ToBytes(AuditSentence.Of(Event(Index))));
        Proof = new TlogProof(Index, path, SignedNote.Of(text, signer.Sign(text))).ToString();
        Vkey = $"{signer.Key}\n";
        Leaf = Convert.ToHexStringLower(leaves[Index]);
        Root = Convert.ToHexStringLower(head.Root);
    }

    public string Record { get; }

    public string Proof { get; }

    public string Vkey { get; }

    public string Leaf { get; }

    public string Root { get; }

    private static LogRecord Commit(int index)
    {
        var written = RecordFormat.Write(
            Event(index), TrailBench.Options.LogOf(Organization), Organization, index, Start.AddSeconds((30 * index) + 2), isNamesake: false);
        return VectorTrail.Salted(written, part => $"example's salt {index} {part}");
    }

    private static AuditEvent Event(int index) => new()
    {
        Id = Convert.ToHexStringLower(VectorTrail.Hash($"example's event {index}"))[..32],
        OccurredAt = Start.AddSeconds(30 * index),
        ReceivedAt = Start.AddSeconds(30 * index),
        Actor = new AuditActor
        {
            Type = "user",
            Issuer = "https://auth.example/",
            Subject = "auth0|alice",
            Name = "Alice Adams",
            Email = "alice@acme.example",
            Department = "Marketing",
            OrganizationName = "Acme Corp",
        },
        Action = "meeting.create",
        Target = new AuditTarget("meeting", Name: "Planning"),
        Outcome = AuditOutcomes.Intent,
        Source = AuditSources.App,
        Operation = Convert.ToHexStringLower(VectorTrail.Hash($"example's operation {index}"))[..32],
        Client = new RequestClient("203.0.113.7", "curl/8.14.1", Convert.ToHexStringLower(VectorTrail.Hash($"example's request {index}"))[..32]),
        Details = new JsonObject { ["host"] = "alice@acme.example", ["type"] = 2, ["duration"] = 60 },
    };
}
