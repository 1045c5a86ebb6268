namespace SecureZoom.Sandbox.Identity;

/// <summary>The key that signs a token made for a test.</summary>
public enum TokenKey
{
    /// <summary>The key that signs every usual token.</summary>
    Current,

    /// <summary>A key that the key set lists only from the moment of its first use.</summary>
    Rotated,

    /// <summary>A key that the key set never lists, under a key id that looks like any other.</summary>
    Unknown,
}
