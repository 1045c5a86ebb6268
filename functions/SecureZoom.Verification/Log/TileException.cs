namespace SecureZoom.Verification.Log;

/// <summary>Tiles are not those of the tree whose root is known: lost, changed, or of another tree.</summary>
public sealed class TileException(string message) : Exception(message);
