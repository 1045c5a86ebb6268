namespace SecureZoom.Functions.Storage;

/// <summary>What a row's seal is worth.</summary>
public enum SealState
{
    /// <summary>Not sealed by us as it is and where it is.</summary>
    Wrong,

    /// <summary>Sealed with a version of the key that has a successor.</summary>
    Earlier,

    /// <summary>Sealed with the current key.</summary>
    Current,
}
