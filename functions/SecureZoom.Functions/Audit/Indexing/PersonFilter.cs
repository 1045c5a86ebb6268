using SecureZoom.Functions.Audit.Trail;

namespace SecureZoom.Functions.Audit.Indexing;

/// <summary>One person, whatever they are called: all the marks that are known of them.</summary>
internal sealed class PersonFilter(TrailMarks marks, HashSet<ulong> names)
{
    public IReadOnlySet<ulong> Names => names;

    public bool Matches(AuditRecord record) => names.Overlaps(marks.OfPeople(record));

    /// <summary>Learns what the index does not have yet from the newest records.</summary>
    public void Learn(IEnumerable<AuditRecord> records)
    {
        var linked = records.Select(marks.Linked).Where(one => one.Count > 0).ToList();
        for (var before = -1; before < names.Count;)
        {
            before = names.Count;
            linked.Where(one => one.Overlaps(names)).ToList().ForEach(names.UnionWith);
        }
    }
}
