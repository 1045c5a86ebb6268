namespace SecureZoom.Functions.Audit.Summaries;

/// <summary>Sign-ins of one person within an hour or a day.</summary>
internal sealed record FailingPerson(string? Name, long Failed, long Succeeded);
