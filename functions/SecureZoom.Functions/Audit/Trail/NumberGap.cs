namespace SecureZoom.Functions.Audit.Trail;

/// <summary>Numbers of a stream that have not come, though later ones have.</summary>
/// <param name="Missing">How many of them; fewer than there are where two gaps were put together, to bound what is kept.</param>
/// <param name="NoticedAt">When the first later one came.</param>
internal sealed record NumberGap(long First, long Last, long Missing, DateTimeOffset NoticedAt)
{
    /// <summary>What is left of it once some numbers have come.</summary>
    public IEnumerable<NumberGap> Without(long first, long last)
    {
        if (last < First || first > Last || Missing < Last - First + 1)
        {
            return [this];
        }

        var (before, behind) = (first - First, Last - last);
        NumberGap?[] left =
        [
            before > 0 ? this with { Last = first - 1, Missing = before } : null,
            behind > 0 ? this with { First = last + 1, Missing = behind } : null,
        ];
        return left.OfType<NumberGap>();
    }
}
