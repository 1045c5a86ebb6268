using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Audit.Checkpoints;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>How much memory the app takes while it reads a long trail: <c>script/measure-reading</c>.</summary>
public sealed class ReadingMeasurements(QuietCloud quiet) : IAsyncLifetime
{
    /// <summary>In bytes above where it began: a twentieth of an instance.</summary>
    private const long MostAbove = 100_000_000;

    private readonly string _organization = Story.NewOrganization();
    private App _app = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _app = await App.StartAsync(quiet.Cloud, services: services => services.LogErrorsOnly());

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact(Explicit = true)]
    public async Task Export_page_and_proof_of_a_long_trail_take_little_memory()
    {
        var records = int.Parse(Environment.GetEnvironmentVariable("SECUREZOOM_READING_RECORDS") ?? "20000", CultureInfo.InvariantCulture);
        var trail = _app.Services.GetRequiredService<AuditTrail>();
        for (var some = 0; some < records; some += 1_000)
        {
            await trail.AppendAsync(_organization, Story.Events(1_000), Cancellation);
        }

        Assert.True(await _app.Services.GetRequiredService<CheckpointSigner>().SignAsync(_organization, Cancellation));
        // What the first of each kind leaves at hand is none of the trail's.
        await ReadAsync("audit?limit=1", "application/json");
        await MeasureAsync("a page", () => ReadAsync("audit?limit=200", "application/json"));
        await MeasureAsync("a record's proof", () => ReadAsync($"audit/records/{records / 2}/proof", "text/plain"));
        await MeasureAsync("an export in lines", () => ReadAsync("audit", "application/x-ndjson"));
        await MeasureAsync("an export in CSV", () => ReadAsync("audit", "text/csv"));
    }

    private async Task ReadAsync(string path, string format)
    {
        var address = $"{path}{(path.Contains('?') ? '&' : '?')}organization={_organization}";
        using var request = new HttpRequestMessage(HttpMethod.Get, address)
        {
            Headers = { { "Accept", format }, { "Authorization", $"Bearer {_app.As(Accounts.Olive).Token}" } },
        };
        using var response = await _app.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode}");
        await response.Content.CopyToAsync(Stream.Null, Cancellation);
    }

    /// <summary>The most that the process held meanwhile, above what it held before: what lives, and what the collector has not looked at.</summary>
    private static async Task MeasureAsync(string what, Func<Task> act)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (most, watch) = (before, Stopwatch.StartNew());
        using var over = new CancellationTokenSource();
        var looking = LookAsync(over.Token);
        await act();
        await over.CancelAsync();
        await looking;
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{what}: {watch.Elapsed.TotalSeconds:0.0} s, at most {(most - before) / 1e6:0.0} MB above the start"));
        Assert.InRange(most - before, 0, MostAbove);

        async Task LookAsync(CancellationToken until)
        {
            using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (!until.IsCancellationRequested)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false));
                await Task.WhenAny(tick.WaitForNextTickAsync(CancellationToken.None).AsTask(), Task.Delay(Timeout.Infinite, until));
            }
        }
    }
}
