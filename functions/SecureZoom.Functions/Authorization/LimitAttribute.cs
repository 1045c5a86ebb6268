namespace SecureZoom.Functions.Authorization;

/// <summary>
/// How often a function may be called, counted by each instance. Every function that knows its callers declares it: one that does not
/// stops the start.
/// </summary>
/// <param name="perPerson">Calls a minute, all at once if need be, by one person.</param>
/// <param name="perOrganization">Calls a minute, all at once if need be, by all people of one organisation.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LimitAttribute(int perPerson, int perOrganization) : Attribute
{
    public int PerPerson { get; } = perPerson;

    public int PerOrganization { get; } = perOrganization;
}
