namespace SecureZoom.Functions.Customers;

/// <summary>A customer cannot be written down as it was told.</summary>
/// <param name="problems">Why, a phrase each that follows the organisation's name.</param>
internal sealed class CustomerException(IReadOnlyList<string> problems) : Exception(string.Join("; ", problems))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
