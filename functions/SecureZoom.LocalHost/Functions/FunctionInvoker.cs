namespace SecureZoom.LocalHost.Functions;

/// <summary>Runs functions that no request triggers.</summary>
/// <param name="giveUp">Tells running functions that they have had their time.</param>
internal sealed class FunctionInvoker(WorkerSource workers, CancellationToken giveUp)
{
    /// <exception cref="FunctionFailedException">The function threw.</exception>
    /// <exception cref="WorkerGoneException">The worker ended first.</exception>
    public async Task InvokeAsync(Function function, TypedData input, IEnumerable<KeyValuePair<string, TypedData>> metadata)
    {
        var worker = await workers(giveUp);
        await worker.InvokeAsync(function, Guid.NewGuid().ToString(), input, metadata, "", giveUp);
    }
}
