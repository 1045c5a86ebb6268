using System.Buffers.Binary;

namespace SecureZoom.Functions.Audit.Summaries;

/// <summary>
/// The different people of an hour or a day, as MACs of eight bytes: those who did something, and those who passed a second factor. As bytes:
/// how many were active (four bytes, little-endian), their MACs, growing, then the others', growing.
/// </summary>
internal sealed class SummaryPeople
{
    /// <summary>How many are told apart; both sets fit into a row.</summary>
    public const int Most = 20_000;

    private readonly SortedSet<ulong> _active;
    private readonly SortedSet<ulong> _withFactor;

    public SummaryPeople()
        : this([], [])
    {
    }

    private SummaryPeople(IEnumerable<ulong> active, IEnumerable<ulong> withFactor)
    {
        (_active, _withFactor) = ([.. active], [.. withFactor]);
        ActiveWithFactor = _withFactor.Count(_active.Contains);
    }

    /// <summary>How many bytes they are.</summary>
    public int Size => sizeof(int) + ((_active.Count + _withFactor.Count) * sizeof(ulong));

    public int Active => _active.Count;

    public int ActiveWithFactor { get; private set; }

    /// <returns>False where there are too many to tell one more apart.</returns>
    public bool TryAddActive(ulong person) => TryAdd(_active, person, _withFactor);

    public bool TryAddWithFactor(ulong person) => TryAdd(_withFactor, person, _active);

    /// <summary>Puts somebody who is nobody in a person's place, so that they count and no guess is confirmed.</summary>
    /// <returns>Whether the person was there.</returns>
    public bool Replace(IReadOnlySet<ulong> person, Func<ulong> nobody)
    {
        var there = _active.Concat(_withFactor).Where(person.Contains).ToHashSet();
        foreach (var one in there)
        {
            var other = nobody();
            foreach (var set in (SortedSet<ulong>[])[_active, _withFactor])
            {
                if (set.Remove(one))
                {
                    set.Add(other);
                }
            }
        }

        return there.Count > 0;
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, _active.Count);
        foreach (var (index, person) in _active.Concat(_withFactor).Index())
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(sizeof(int) + (index * sizeof(ulong))), person);
        }

        return bytes;
    }

    /// <param name="bytes">As <see cref="ToBytes"/> makes them; none for nobody.</param>
    public static SummaryPeople Of(byte[] bytes)
    {
        if (bytes.Length < sizeof(int))
        {
            return new SummaryPeople();
        }

        var active = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        ulong[] all = [.. bytes.Skip(sizeof(int)).Chunk(sizeof(ulong)).Select(one => BinaryPrimitives.ReadUInt64LittleEndian(one))];
        return new SummaryPeople(all.Take(active), all.Skip(active));
    }

    private bool TryAdd(SortedSet<ulong> set, ulong person, SortedSet<ulong> other)
    {
        if (set.Contains(person))
        {
            return true;
        }

        if (set.Count >= Most)
        {
            return false;
        }

        set.Add(person);
        ActiveWithFactor += other.Contains(person) ? 1 : 0;
        return true;
    }
}
