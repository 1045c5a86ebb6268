namespace SecureZoom.Operator.Checkup;

/// <summary>A look at one thing that the product depends on.</summary>
internal interface ICheck
{
    /// <summary>What is looked at.</summary>
    string Subject { get; }

    /// <summary>What to do where it is wrong: one sentence.</summary>
    string Remedy { get; }

    Task<Verdict> LookAsync(Patient patient, CancellationToken cancellationToken);
}
