using System.Runtime.InteropServices;
using SecureZoom.LocalHost;
using SecureZoom.LocalHost.Queues;
using SecureZoom.LocalHost.Workers;

if (args is not [var app, ..])
{
    await Console.Error.WriteLineAsync("Usage: SecureZoom.LocalHost APP_FOLDER [--port PORT] [--cors ORIGINS] [--grace SECONDS]; local.settings.json is read from the current folder.");
    return 2;
}

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    var settings = HostSettings.Read(app, Environment.CurrentDirectory, args[1..]);
    using var loggers = LoggerFactory.Create(logging => logging
        // What frameworks say of themselves; host.json can ask for it. Worker and WebJobs SDK repeat what a channel says of its functions.
        .AddFilter("Microsoft", LogLevel.Warning).AddFilter("Host", LogLevel.Warning).AddFilter("Yarp", LogLevel.Error)
        .AddFilter("Microsoft.Azure.Functions.Worker", LogLevel.None).AddFilter("Host.Results", LogLevel.None).AddFilter($"Function.{nameof(QueueFunction.RunAsync)}", LogLevel.None)
        .AddConfiguration(settings.HostJson.GetSection("logging"))
        .AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss.fff ")));
    await using var endpoint = await WorkerEndpoint.StartAsync(loggers, stop.Token);
    await using var supervisor = new WorkerSupervisor(settings, endpoint, loggers.CreateLogger<WorkerSupervisor>());
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
        await host.StopAsync(settings.Grace);
        await supervisor.StopAsync(settings.Grace);
    }

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
    // The first signal ends everything in order; a second one ends the host at once, and the worker with it.
    signal.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}
