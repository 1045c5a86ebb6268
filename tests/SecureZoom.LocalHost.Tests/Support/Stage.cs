using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using SecureZoom.LocalHost.Hosting;

namespace SecureZoom.LocalHost.Tests.Support;

/// <summary>Where the functions of a test's worker report, and are told what to do.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly Channel<Entrance> _entrances = Channel.CreateUnbounded<Entrance>();
    private readonly WebApplication _server;

    private Stage()
    {
        var builder = Loopback.CreateBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        _server = builder.Build();
        _server.Run(EnterAsync);
    }

    public string Address => _server.Urls.Single();

    public static async Task<Stage> OpenAsync()
    {
        var stage = new Stage();
        await stage._server.StartAsync();
        return stage;
    }

    /// <summary>Waits for the next function to begin, or to tell that it has been cancelled.</summary>
    public async Task<Entrance> NextAsync()
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Eventually.Deadline);
        return await _entrances.Reader.ReadAsync(deadline.Token);
    }

    /// <summary>Waits for the next one, which has to be this.</summary>
    public async Task<Entrance> NextAsync(string cue)
    {
        var entrance = await NextAsync();
        Assert.Equal(cue, entrance.Cue);
        return entrance;
    }

    /// <summary>Lets every function go on at once.</summary>
    /// <returns>Their cues.</returns>
    public async Task<List<string>> ServeAsync(CancellationToken over)
    {
        var cues = new List<string>();
        try
        {
            await foreach (var entrance in _entrances.Reader.ReadAllAsync(over))
            {
                cues.Add(entrance.Cue);
                entrance.GoOn();
            }
        }
        catch (OperationCanceledException)
        {
            // That is all.
        }

        return cues;
    }

    /// <summary>Whether no function has begun that the test has not seen.</summary>
    public bool IsEmpty => _entrances.Reader.Count == 0;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task EnterAsync(HttpContext context)
    {
        var report = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body);
        var entrance = new Entrance(report.GetProperty("cue").GetString()!, report.GetProperty("data"));
        if (entrance.Cue.StartsWith("cancelled ", StringComparison.Ordinal))
        {
            // Nothing is to be told to what has ended.
            entrance.GoOn();
        }

        await _entrances.Writer.WriteAsync(entrance);
        await context.Response.WriteAsync(await entrance.Direction.WaitAsync(context.RequestAborted));
    }
}
