using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Faults;

/// <summary>The table of <c>docs/faults.md</c>.</summary>
internal static class Promises
{
    private const string Separator = " | ";

    private static readonly Dictionary<Fault, string> Words = new()
    {
        [Fault.Refused] = "refused",
        [Fault.Reset] = "reset",
        [Fault.Silent] = "silent",
        [Fault.TooMany] = "429",
        [Fault.Broken] = "500",
        [Fault.Foreign] = "strange page",
        [Fault.Half] = "half",
    };

    private static readonly IReadOnlyList<string[]> Rows =
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "faults.md")).Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Select(line => line.Trim('|', ' ').Split(Separator))];

    /// <summary>What is asked for, by the table's columns.</summary>
    public static IReadOnlyList<string> Calls => Rows[0][3..];

    /// <summary>What all calls are answered, by an instance that ran before and by one that starts meanwhile.</summary>
    public static (string Running, string Starting) Of(string part, Fault fault) => (Row(part, fault, "running"), Row(part, fault, "starting"));

    private static string Row(string part, Fault fault, string instance) => string.Join(Separator, Rows.Single(row =>
        row[0] == part && (row[1] == "any" || row[1].Split(", ").Contains(Words[fault])) && (row[2] == "either" || row[2] == instance))[3..]);
}
