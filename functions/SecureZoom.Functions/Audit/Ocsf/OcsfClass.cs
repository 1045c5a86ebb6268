namespace SecureZoom.Functions.Audit.Ocsf;

/// <summary>A class of OCSF 1.8.0: what an event of it is about.</summary>
internal sealed record OcsfClass(int Uid, string Name, int CategoryUid, string CategoryName)
{
    /// <summary>The version of the schema that events name, https://schema.ocsf.io/1.8.0.</summary>
    public const string SchemaVersion = "1.8.0";

    public static OcsfClass AccountChange { get; } = new(3001, "Account Change", 3, "Identity & Access Management");

    public static OcsfClass Authentication { get; } = new(3002, "Authentication", 3, "Identity & Access Management");

    public static OcsfClass ApiActivity { get; } = new(6003, "API Activity", 6, "Application Activity");
}
