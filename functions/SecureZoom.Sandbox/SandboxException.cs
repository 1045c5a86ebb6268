namespace SecureZoom.Sandbox;

/// <summary>A fault that whoever runs the sandbox can mend; the message says how.</summary>
public sealed class SandboxException : Exception
{
    /// <summary>A fault without a known way out.</summary>
    public SandboxException()
    {
    }

    /// <summary>A fault whose message says what to do.</summary>
    public SandboxException(string message)
        : base(message)
    {
    }

    /// <summary>A fault whose message says what to do, and what caused it.</summary>
    public SandboxException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
