namespace SecureZoom.Functions.Audit.Ocsf;

/// <summary>What is done in an event of a class.</summary>
/// <param name="Id">The class's number for it, <see cref="Other"/> where it has none; then the name says what it is.</param>
internal sealed record OcsfActivity(OcsfClass Class, int Id, string Name)
{
    public const int Other = 99;

    public int TypeUid => (Class.Uid * 100) + Id;
}
