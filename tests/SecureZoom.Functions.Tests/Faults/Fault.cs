namespace SecureZoom.Functions.Tests.Faults;

/// <summary>What a server, or the network in front of it, does on a bad day.</summary>
public enum Fault
{
    /// <summary>Nobody listens.</summary>
    Refused,

    /// <summary>The connection is reset once the request is there.</summary>
    Reset,

    /// <summary>The request is taken and never answered.</summary>
    Silent,

    /// <summary>429, with a <c>Retry-After</c> of some seconds.</summary>
    TooMany,

    /// <summary>500.</summary>
    Broken,

    /// <summary>200, with somebody else's page.</summary>
    Foreign,

    /// <summary>200, and the connection ends in the middle of the body.</summary>
    Half,
}
