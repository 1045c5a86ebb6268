using System.Runtime.InteropServices;
using SecureZoom.Sandbox;
using SecureZoom.Sandbox.Real;

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
try
{
    if (args is ["--real"])
    {
        await using var real = await RealHost.StartAsync(RealOptions.FromEnvironment(), Prompt.AtTerminal, Console.WriteLine, stop.Token);
        Console.WriteLine(real.Welcome());
        await real.RunAsync(stop.Token);
        return 0;
    }

    if (args.Length > 0)
    {
        throw new SandboxException("script/server [--real]");
    }

    await using var sandbox = await SandboxHost.StartAsync(
        SandboxOptions.FromEnvironment(), Console.WriteLine, stop.Token);
    Console.WriteLine(sandbox.Welcome());
    await sandbox.RunAsync(stop.Token);
    return 0;
}
catch (SandboxException fault)
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
    // The first signal ends all parts in order; a second one ends the sandbox at once.
    signal.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}
