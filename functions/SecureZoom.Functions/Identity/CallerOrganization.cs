namespace SecureZoom.Functions.Identity;

/// <summary>An organisation as a token names it: its id (<c>[A-Za-z0-9_-]{1,64}</c>) and, if told, its name.</summary>
public sealed record CallerOrganization(string Id, string? Name);
