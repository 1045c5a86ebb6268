using System.Globalization;
using System.Text.RegularExpressions;
using Azure.Storage.Queues;
using SecureZoom.Load;
using SecureZoom.Sandbox;

// script/bench [seconds a round] [rounds] [callers] [beginning of the names of the rows that are wanted]
// script/rush, as: rush [joins] [seconds]
var isRush = args is ["rush", ..];
args = isRush ? args[1..] : args;
int[] asked = [.. args.Take(3).Select(argument => int.Parse(argument, CultureInfo.InvariantCulture))];
var (seconds, rounds, callers) = (At(0, 10), At(1, 3), At(2, 64));
var wanted = args.ElementAtOrDefault(3) ?? "";

int At(int place, int usual) => place < asked.Length ? asked[place] : usual;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

var folder = Directory.CreateTempSubdirectory("securezoom-load-");
try
{
    var isGood = isRush
        ? await new Rush(At(0, 10_000), TimeSpan.FromSeconds(At(1, 60))).RunAsync(folder.FullName, stop.Token)
        : await MeasureAsync(stop.Token);
    return isGood ? 0 : 1;
}
catch (SandboxException fault)
{
    await Console.Error.WriteLineAsync(fault.Message);
    return 1;
}
finally
{
    folder.Delete(recursive: true);
}

async Task<bool> MeasureAsync(CancellationToken cancellationToken)
{
    await using var product = await SandboxHost.StartAsync(
        SandboxOptions.Beside(folder.FullName) with { IsSiteExternal = true },
        _ => { },
        cancellationToken);
    await using var stub = await QueueStub.StartAsync(cancellationToken);
    var storage = Regex.Replace(product.Storage.ConnectionString, "(?<=QueueEndpoint=)http://[^/]+/", stub.Address.ToString());
    await using var unrecorded = await FunctionApp.StartAsync(
        new FunctionAppOptions { Folder = folder.FullName, Settings = new Dictionary<string, string> { ["Audit"] = storage, ["AzureWebJobsStorage"] = storage } },
        cancellationToken);
    await using var express = await Peers.StartExpressAsync(product, cancellationToken);
    await using var empty = await Peers.StartEmptyAsync(Path.Combine(folder.FullName, "empty"), cancellationToken);

    using var http = new HttpClient();
    var people = new People(product, http);
    await people.PrepareAsync(cancellationToken);
    var queue = new QueueWatch(new QueueClient(product.Storage.ConnectionString, "audit-events"));
    var wrk = new Wrk(callers, TimeSpan.FromSeconds(seconds));
    var (signatures, lists, health) = (people.Signatures, people.Lists, new[] { new Call(HttpMethod.Get, new Dictionary<string, string>(), []) });

    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{callers} callers, {rounds} rounds of {seconds} s each, by turns; medians. {Environment.ProcessorCount} processors, {DateTimeOffset.UtcNow:yyyy-MM-dd}.\n"));
    Console.WriteLine(Outcome.Head);
    var isGood = true;
    await RunAsync(new Contest(
        "signature, its record durable", "Express, which records nothing",
        await OursAsync(product.AppAddress, "signature", signatures), await ExpressAsync("signature", signatures), LeastShare: 0.4, MostP99: 3));
    await RunAsync(new Contest(
        "signature, its queue a stub", "empty function", await OursAsync(unrecorded.Address, "signature", signatures), await EmptyAsync("signature", signatures), LeastShare: 0.7));
    // Signed now, since what was signed five minutes ago is refused.
    var webhooks = people.Webhooks();
    await RunAsync(new Contest(
        "webhook, durable", "Express, which keeps nothing", await OursAsync(product.AppAddress, "webhook", webhooks), await ExpressAsync("webhook", webhooks)));
    await RunAsync(new Contest(
        "webhook, its queue a stub", "empty function", await OursAsync(unrecorded.Address, "webhook", webhooks), await EmptyAsync("webhook", webhooks), LeastShare: 0.6));
    await RunAsync(new Contest(
        "health", "empty function", await OursAsync(product.AppAddress, "health", health), await EmptyAsync("health", health)));
    await RunAsync(new Contest(
        "list of meetings", "empty function", await OursAsync(product.AppAddress, "meetings", lists), await EmptyAsync("meetings", lists)));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nThe oldest event that waited for its place in the trail: {queue.Oldest.TotalSeconds:0.0} s (at most 10)."));
    return isGood && queue.Oldest < TimeSpan.FromSeconds(10);

    async Task RunAsync(Contest contest)
    {
        if (!contest.What.StartsWith(wanted, StringComparison.Ordinal))
        {
            return;
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watching = queue.LookAsync(over.Token);
        var outcome = await contest.RunAsync(wrk, rounds, () => queue.WhenEmptyAsync(cancellationToken), cancellationToken);
        await over.CancelAsync();
        await watching;
        Console.WriteLine(outcome);
        isGood &= outcome.IsGood;
    }

    Task<Target> OursAsync(Uri app, string function, IReadOnlyList<Call> calls) =>
        Target.WriteAsync(folder.FullName, $"our {function}", app, $"/api/{function}", calls, cancellationToken);

    Task<Target> ExpressAsync(string function, IReadOnlyList<Call> calls) =>
        Target.WriteAsync(folder.FullName, $"Express's {function}", express.Address, $"/api/{function}", calls, cancellationToken);

    // It is sent the same, and answers as many bytes.
    async Task<Target> EmptyAsync(string function, IReadOnlyList<Call> calls)
    {
        var bytes = await calls[0].MakeAsync(http, product.AppAddress, $"/api/{function}", cancellationToken);
        return await Target.WriteAsync(folder.FullName, $"the empty function's {function}", empty.Address, $"/api/blank/{bytes}", calls, cancellationToken);
    }
}
