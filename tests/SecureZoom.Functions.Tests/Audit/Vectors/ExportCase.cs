using System.Text.Json.Nodes;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Tests.Audit.Vectors;

/// <summary>An exported file for verifiers to judge by nothing but itself and a pinned key, and what they must say of it.</summary>
/// <param name="From">The first line's index in the clean trail.</param>
/// <param name="To">The index behind the last line's.</param>
/// <param name="Trailer">What it has beside the count and the place.</param>
/// <param name="State"><c>proved</c>, <c>waiting</c> where a part is not proved, or <c>wrong</c>.</param>
/// <param name="Problems">Each a code, and behind a blank the sequence where there is one.</param>
internal sealed record ExportCase(string Name, int From, int To, JsonObject Trailer, string State, params string[] Problems)
{
    public const string Proved = "proved";
    public const string Waiting = "waiting";
    public const string Wrong = "wrong";

    public JsonObject ToJson() => new()
    {
        ["name"] = Name,
        ["lines"] = new JsonArray([.. VectorTrail.Lines.Skip(From).Take(To - From).Select(VectorTrail.Text), End()]),
        ["expected"] = new JsonObject { ["state"] = State, ["problems"] = new JsonArray([.. Problems.Select(VectorCase.Problem)]) },
    };

    private string End()
    {
        var trailer = new JsonObject
        {
            ["records"] = To - From,
            ["before"] = new JsonObject { ["size"] = From, ["edge"] = Convert.ToBase64String(VectorTrail.TreeOf(From).ToBytes()) },
        };
        foreach (var (name, value) in Trailer)
        {
            trailer[name] = value?.DeepClone();
        }

        return new JsonObject { ["trailer"] = trailer }.ToJsonString(VectorFile.Plain);
    }
}
