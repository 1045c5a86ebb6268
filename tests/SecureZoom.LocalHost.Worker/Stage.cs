using System.Net.Http.Json;
using Microsoft.Extensions.Configuration;

namespace SecureZoom.LocalHost.Worker;

/// <summary>Where a test stands: functions report there that they have begun, and do what the answer tells them.</summary>
public sealed class Stage(IConfiguration settings) : IDisposable
{
    private readonly HttpClient _test = new() { Timeout = Timeout.InfiniteTimeSpan };

    /// <param name="cue">By which the test knows the call.</param>
    /// <param name="data">What else the test may look at.</param>
    /// <param name="cancellationToken">The function's token; that it fired is reported too.</param>
    public async Task EnterAsync(string cue, object? data, CancellationToken cancellationToken)
    {
        try
        {
            switch (await ReportAsync(cue, data, cancellationToken))
            {
                case "throw":
                    throw new InvalidTimeZoneException("not for the client");
                case "exit":
                    Environment.Exit(3);
                    break;
                default:
                    break;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await ReportAsync($"cancelled {cue}", null, CancellationToken.None);
            throw;
        }
    }

    public void Dispose() => _test.Dispose();

    private async Task<string> ReportAsync(string cue, object? data, CancellationToken cancellationToken)
    {
        using var answer = await _test.PostAsJsonAsync(new Uri(settings["Stage"]!), new { Cue = cue, Data = data }, cancellationToken);
        return await answer.Content.ReadAsStringAsync(cancellationToken);
    }
}
