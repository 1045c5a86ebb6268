using System.Text.Json.Serialization;

namespace SecureZoom.Verification;

/// <summary>A part, by its number from 0, of several records.</summary>
/// <param name="Records">The first and the last sequence of each run of them, in pairs, growing.</param>
public sealed record ErasedParts(int Part, IReadOnlyList<long> Records)
{
    /// <summary>How many records they are.</summary>
    [JsonIgnore]
    public long Count => Records.Chunk(2).Sum(run => run[1] - run[0] + 1);

    [JsonIgnore]
    public IEnumerable<long> Sequences => Records.Chunk(2).SelectMany(run => Enumerable.Range(0, (int)(run[1] - run[0] + 1)).Select(one => run[0] + one));

    internal bool IsValid
    {
        get
        {
            long before = 0;
            for (var i = 0; i < Records.Count; i += 2)
            {
                if (i + 1 == Records.Count || Records[i] <= before || Records[i + 1] < Records[i])
                {
                    return false;
                }

                before = Records[i + 1];
            }

            return Part >= 0;
        }
    }

    /// <summary>Whether a record is in one of the runs.</summary>
    public bool Has(long sequence)
    {
        var (low, high) = (0, Records.Count / 2);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Records[(2 * middle) + 1] < sequence)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return 2 * low < Records.Count && Records[2 * low] <= sequence;
    }

    /// <summary>The sequences as runs.</summary>
    /// <param name="sequences">Growing.</param>
    public static ErasedParts Of(int part, IEnumerable<long> sequences)
    {
        var records = new List<long>();
        foreach (var sequence in sequences)
        {
            if (records.Count > 0 && records[^1] == sequence - 1)
            {
                records[^1] = sequence;
            }
            else
            {
                records.Add(sequence);
                records.Add(sequence);
            }
        }

        return new ErasedParts(part, records);
    }
}
