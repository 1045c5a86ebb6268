using SecureZoom.LocalHost;

if (args is not [var app, ..])
{
    await Console.Error.WriteLineAsync("Usage: SecureZoom.LocalHost APP_FOLDER [--port PORT] [--cors ORIGINS] [--grace SECONDS]; local.settings.json is read from the current folder.");
    return 2;
}

// The host says itself what the worker, the WebJobs SDK and its host repeat: which function has failed, and why an app cannot be hosted.
string[] repeated = ["Microsoft.Azure.Functions.Worker", "Microsoft.Extensions.Hosting", "Host.Results", "Host.Startup", $"Function.{nameof(QueueFunction.RunAsync)}"];
using var stop = new CancellationTokenSource();
using var kill = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    var settings = HostSettings.Read(app, Environment.CurrentDirectory, args[1..]);
    using var loggers = LoggerFactory.Create(logging => repeated
        // What frameworks say of themselves; host.json can ask for it.
        .Aggregate(logging, (filtered, category) => filtered.AddFilter(category, LogLevel.None))
        .AddFilter("Microsoft", LogLevel.Warning).AddFilter("Host", LogLevel.Warning).AddFilter("Yarp", LogLevel.Error)
        .AddConfiguration(settings.HostJson.GetSection("logging"))
        .AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss.fff ")));
    await using var endpoint = await WorkerEndpoint.StartAsync(loggers, stop.Token);
    await using var supervisor = new WorkerSupervisor(settings, endpoint, loggers.CreateLogger<WorkerSupervisor>(), kill.Token);
    supervisor.Start();
    var stopping = Task.Delay(Timeout.Infinite, stop.Token);
    var first = supervisor.GetAsync(stop.Token);
    await Task.WhenAny(first, supervisor.Running);
    if (first.IsCompletedSuccessfully)
    {
        await using var host = new FunctionHost(settings, (await first).Functions, supervisor.GetAsync, TimeProvider.System, loggers);
        await host.StartAsync(stop.Token);
        Console.WriteLine($"{(await first).Functions.Count} functions at {host.Address}");
        await Task.WhenAny(stopping, supervisor.Running);
        Console.WriteLine($"Stopping: what runs has {settings.Grace.TotalSeconds:0} s to finish");
        var begun = Stopwatch.GetTimestamp();
        var draining = host.StopAsync(settings.Grace);
        // What has been told to give up may take a moment, on a busy machine a long one; a worker that does not even hear of it is ended.
        await Task.WhenAny(draining, Task.Delay(settings.Grace + TimeSpan.FromSeconds(15)));
        await supervisor.StopAsync(TimeSpan.FromTicks(Math.Max(0, (settings.Grace - Stopwatch.GetElapsedTime(begun)).Ticks)));
        await draining;
    }

    stop.Token.ThrowIfCancellationRequested();
    await supervisor.Running;
    return 0;
}
catch (Exception fault) when (fault is HostException or IOException)
{
    await Console.Error.WriteLineAsync(fault.Message);
    return 1;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 0;
}

void Stop(PosixSignalContext signal)
{
    // The first signal ends everything in order; a second one ends the worker at once, and the host with it.
    signal.Cancel = !stop.IsCancellationRequested;
    (signal.Cancel ? stop : kill).Cancel();
}
