namespace SecureZoom.Functions.Storage;

/// <summary>The table <c>access</c>, which several parts share, each with partitions of its own.</summary>
internal static class AccessTable
{
    public const string Name = "access";

    /// <summary>The property after whose time a row goes; rows without it stay.</summary>
    public const string Expires = "Expires";
}
