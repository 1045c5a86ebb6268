namespace Microsoft.Azure.Functions.Worker;

public class WorkerOptions { public IDictionary<string, string> Capabilities { get; } = new Dictionary<string, string>(); }
