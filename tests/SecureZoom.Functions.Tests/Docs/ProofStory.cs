using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Docs;

/// <summary>Reads what proves a trail, by every call and in every form.</summary>
internal static class ProofStory
{
    /// <summary>The schemas of what a file of one record is made of.</summary>
    private static readonly string[] EvidenceLines = ["AuditLine", "EvidenceProof", "EvidenceEnd"];

    /// <param name="judge">Holds an answer to the document: method, path, answer.</param>
    /// <param name="validate">Says what is wrong with a line by a schema's name; empty when nothing is.</param>
    public static async Task TellAsync(Person auditor, Func<string, string, Task<Answer>, Task<Answer>> judge, Func<string, string, Task<string>> validate)
    {
        await judge("GET", "/audit/records/{sequence}", auditor.GetAsync("audit/records/1"));
        await judge("GET", "/audit/records/{sequence}", auditor.GetAsync("audit/records/none"));
        await judge("GET", "/audit/records/{sequence}/proof", auditor.GetAsync("audit/records/1/proof"));
        await judge("GET", "/audit/consistency", auditor.GetAsync("audit/consistency?from=1"));
        await judge("GET", "/audit/consistency", auditor.GetAsync("audit/consistency?from=1&to=999999"));
        await judge("GET", "/audit/consistency", auditor.GetAsync("audit/consistency?from=2&to=1"));
        var evidence = await judge("GET", "/audit/evidence", auditor.GetAsync("audit/evidence?sequence=1"));
        foreach (var (schema, line) in EvidenceLines.Zip(Lines(evidence)))
        {
            Assert.Equal("", await validate(schema, line));
        }

        foreach (var line in Lines(await auditor.GetAsync("audit", ("Accept", "application/x-ndjson"))))
        {
            Assert.Equal("", await validate(line.StartsWith("{\"trailer\"", StringComparison.Ordinal) ? "ExportTrailer" : "AuditLine", line));
        }
    }

    private static string[] Lines(Answer answer) => answer.Text.TrimEnd('\n').Split('\n');
}
