using SecureZoom.Verification;
using SecureZoom.Verification.Log;
using static SecureZoom.Functions.Tests.Audit.Vectors.VectorTrail;

namespace SecureZoom.Functions.Tests.Audit.Vectors;

/// <summary>
/// A trail of five tiles and more: the first was let go, the people of 1,000 records behind it are erased on authority, and those of two
/// more on none.
/// </summary>
internal static class LongCase
{
    private const int Gone = 256;
    private const int Last = 1_520;
    private const int Erased = 1_000;

    /// <summary>Of these one person's part is destroyed, and no record says that it was to be.</summary>
    private static readonly int[] Unexplained = [1_515, 1_516];

    public static VectorCase Case { get; } = Make();

    private static VectorCase Make()
    {
        RecordLine[] lines = [.. Enumerable.Range(0, Last).Select(index => Line(index))];
        var forgotten = Enumerable.Range(Gone, Last - Gone).Where(index => lines[index].Record.Parts.Count > 0).Take(Erased).ToHashSet();
        RecordLine[] authorities =
        [
            CutCases.Authority(Last, 1, Gone),
            ErasureCases.Authority(Last + 1, [.. Enumerable.Range(0, 2).Select(part => new ErasedParts(part, RunsOf(part)))]),
        ];
        RecordLine[] whole = [.. lines, .. authorities];
        var stored = whole.Select((line, index) =>
            forgotten.Contains(index) ? ErasureCases.Without(line, 0, 1) : Unexplained.Contains(index) ? ErasureCases.Without(line, 0) : line);
        var problems = Unexplained.Select(index => $"erased_without_record {index + 1}").ToArray();
        return new("a thousand records are erased, the first tile is let go, and two are erased on no authority",
            [.. stored.Skip(Gone).Select(Text)],
            [Text(Checkpoint(TreeOf(lines).Head, 1, 20 * Last)), Text(Checkpoint(TreeOf(whole).Head, 2, 20 * (Last + 5)))],
            whole.Length - Gone, whole.Length, problems)
        {
            Now = "2025-11-24T20:35:00Z",
            Before = TreeOf(lines.Take(Gone)),
            IsFromBeginning = true,
            Cut = new TrailCut(Gone, Last + 1, IsProved: true),
            Erased = new TrailErasures(PartsOf().Sum(part => part.Count), Erased, [new TrailErasure(Last + 2, 0, 0)]) { Unexplained = Unexplained.Length },
        };

        IEnumerable<List<int>> PartsOf() => Enumerable.Range(0, 2).Select(part => forgotten.Where(index => lines[index].Record.Parts.Count > part).Order().ToList());

        // First and last of each run, from 1.
        IReadOnlyList<long> RunsOf(int part)
        {
            var runs = new List<long>();
            foreach (var sequence in PartsOf().ElementAt(part).Select(index => index + 1L))
            {
                if (runs.Count > 0 && runs[^1] == sequence - 1)
                {
                    runs[^1] = sequence;
                }
                else
                {
                    runs.AddRange([sequence, sequence]);
                }
            }

            return runs;
        }
    }
}
