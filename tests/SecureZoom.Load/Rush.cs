using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using SecureZoom.Sandbox;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Load;

/// <summary>
/// A whole organisation joins one meeting within a time, one instance serves them: passcode and signature in one call each, at even distances
/// whatever becomes of those before. Storage and Zoom stand behind what Azure and Zoom allow.
/// </summary>
internal sealed class Rush(int joins, TimeSpan time)
{
    private const string Organization = "org_rush";
    private static readonly TimeSpan MostBehind = TimeSpan.FromMinutes(2);

    /// <returns>Whether every join was answered, and the trail was never further behind than two minutes and has them all.</returns>
    public async Task<bool> RunAsync(string folder, CancellationToken cancellationToken)
    {
        await using var product = await SandboxHost.StartAsync(SandboxOptions.Beside(folder) with { IsSiteExternal = true }, _ => { }, cancellationToken);
        await product.App!.StopAsync();
        var queueClient = new QueueClient(product.Storage.ConnectionString, "audit-events");
        await using var queues = await LimitedServer.StartAsync(Server(queueClient.Uri), Limits.Queue, cancellationToken);
        await using var tables = await LimitedServer.StartAsync(Server(new TableServiceClient(product.Storage.ConnectionString).Uri), Limits.Table, cancellationToken);
        await using var zoom = await LimitedServer.StartAsync(product.Zoom.Address, Limits.Zoom, cancellationToken);
        var storage = product.Storage.ConnectionString
            .Replace(Server(queueClient.Uri).ToString(), queues.Address.ToString(), StringComparison.Ordinal)
            .Replace(Server(new TableServiceClient(product.Storage.ConnectionString).Uri).ToString(), tables.Address.ToString(), StringComparison.Ordinal);
        await using var app = await FunctionApp.StartAsync(
            new FunctionAppOptions
            {
                Folder = folder,
                Settings = new Dictionary<string, string>
                {
                    ["Audit"] = storage,
                    ["AzureWebJobsStorage"] = storage,
                    ["Zoom__ApiBaseUrl"] = new Uri(zoom.Address, "v2/").ToString(),
                    ["Zoom__OAuthUrl"] = new Uri(zoom.Address, "oauth/token").ToString(),
                },
            },
            cancellationToken);

        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1_000 }) { Timeout = TimeSpan.FromMinutes(1) };
        var host = product.Identity.MintToken(Member(0, "zoom-hosts"));
        var meeting = await CreateAsync(http, app.Address, host, cancellationToken);
        string[] tokens = [.. Enumerable.Range(1, joins).Select(number => product.Identity.MintToken(Member(number, "employees")))];
        // The app has just started: its compiler has not seen a join yet.
        for (var warm = 0; warm < 20; warm++)
        {
            await JoinAsync(http, app.Address, host, meeting, cancellationToken);
        }

        var watch = new QueueWatch(queueClient);
        await watch.WhenEmptyAsync(cancellationToken);
        Array.ForEach([queues, tables, zoom], server => server.Forget());
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watching = watch.LookAsync(over.Token);
        var answers = await JoinAllAsync(http, app.Address, tokens, meeting, cancellationToken);
        var asked = (Queues: queues.Requests, Tables: tables.Requests);
        await watch.WhenEmptyAsync(cancellationToken);
        await over.CancelAsync();
        await watching;

        var failed = answers.Where(answer => answer.Status != 200).GroupBy(answer => answer.Status).ToDictionary(group => group.Key, group => group.Count());
        var took = answers.Select(answer => answer.Took).Order().ToList();
        Say($"{joins} joins in {time.TotalSeconds:0} s, {Environment.ProcessorCount} processors, {DateTimeOffset.UtcNow:yyyy-MM-dd}.");
        Say($"failed: {(failed.Count == 0 ? "none" : string.Join(", ", failed.Select(one => $"{one.Value} with {one.Key}")))}");
        Say($"answered in {took[took.Count / 2].TotalMilliseconds:0} ms (median), {took[took.Count * 99 / 100].TotalMilliseconds:0} ms (99 of 100), {took[^1].TotalMilliseconds:0} ms (all)");
        Say($"queue: {asked.Queues / (double)joins:0.00} operations a join, at most {queues.Most} messages in a second, {queues.Refused} refused");
        Say($"tables: {asked.Tables / (double)joins:0.00} operations a join, at most {tables.Most} entities in a second and partition, {tables.Refused} refused");
        Say($"Zoom: {zoom.Requests} calls, {zoom.Refused} refused");
        Say($"the oldest event waited {watch.Oldest.TotalSeconds:0.0} s for its place in the trail (at most {MostBehind.TotalSeconds:0})");
        return failed.Count == 0 && watch.Oldest < MostBehind;
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static Uri Server(Uri address) => new(address.GetLeftPart(UriPartial.Authority));

    private static Account Member(int number, string group) =>
        new($"{(number == 0 ? "carol" : $"person{number}")}@rush.test", $"Person {number}", Organization, Organization, "Engineering", group);

    private static async Task<long> CreateAsync(HttpClient http, Uri app, string token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(app, "meetings")) { Content = JsonContent.Create(new JsonObject { ["topic"] = "All hands" }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.SendAsync(request, cancellationToken);
        var body = await answer.Content.ReadAsStringAsync(cancellationToken);
        return answer.IsSuccessStatusCode ? (long)JsonNode.Parse(body)!["id"]! : throw new SandboxException($"There is no meeting: {body}");
    }

    /// <summary>Each at its time, whether those before are answered or not.</summary>
    private async Task<IReadOnlyCollection<Answer>> JoinAllAsync(HttpClient http, Uri app, string[] tokens, long meeting, CancellationToken cancellationToken)
    {
        var answers = new ConcurrentBag<Answer>();
        var began = TimeProvider.System.GetTimestamp();
        var running = new List<Task>();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (running.Count < joins && await timer.WaitForNextTickAsync(cancellationToken))
        {
            var due = Math.Min(joins, (int)(TimeProvider.System.GetElapsedTime(began) / time * joins));
            while (running.Count < due)
            {
                var token = tokens[running.Count];
                running.Add(Task.Run(async () => answers.Add(await JoinAsync(http, app, token, meeting, cancellationToken)), cancellationToken));
            }
        }

        await Task.WhenAll(running);
        return answers;
    }

    /// <returns>The status; 0 where there was no answer.</returns>
    private static async Task<Answer> JoinAsync(HttpClient http, Uri app, string token, long meeting, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(app, "signature"))
        {
            Content = JsonContent.Create(new JsonObject { ["meetingNumber"] = meeting, ["role"] = 0, ["include"] = "meeting" }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var began = TimeProvider.System.GetTimestamp();
        try
        {
            using var answer = await http.SendAsync(request, cancellationToken);
            return new((int)answer.StatusCode, TimeProvider.System.GetElapsedTime(began));
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return new(0, TimeProvider.System.GetElapsedTime(began));
        }
    }

    private sealed record Answer(int Status, TimeSpan Took);
}
