using System.Globalization;
using System.Runtime.InteropServices;
using SecureZoom.Verification.Log;
using SecureZoom.Witness;

const string Usage = "script/witness --name NAME --log VKEY [--log ...] [--folder FOLDER] [--port PORT]";

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
if (Read(args) is not { } options)
{
    await Console.Error.WriteLineAsync(Usage);
    return 2;
}

try
{
    await using var witness = await WitnessServer.StartAsync(options, TimeProvider.System, stop.Token);
    Console.WriteLine($"{witness.Key} watches {string.Join(", ", options.Logs.Select(key => key.Name))} at {witness.Address}");
    await Task.Delay(Timeout.Infinite, stop.Token).ContinueWith(_ => { }, TaskScheduler.Default);
    return 0;
}
catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException or FormatException or ArgumentException)
{
    await Console.Error.WriteLineAsync(fault.Message);
    return 1;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

static WitnessOptions? Read(string[] arguments)
{
    var (name, folder, port) = ("", ".witness", 7074);
    var logs = new List<VerifierKey>();
    foreach (var pair in arguments.Chunk(2))
    {
        switch (pair)
        {
            case ["--name", var text]:
                name = text;
                break;
            case ["--folder", var path]:
                folder = path;
                break;
            case ["--port", var text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= 65535:
                break;
            case ["--log", var vkey] when VerifierKey.TryParse(vkey, out var key) && key.Type == SignatureType.Ed25519:
                logs.Add(key);
                break;
            default:
                return null;
        }
    }

    return name.Length > 0 && logs.Count > 0 ? new WitnessOptions(folder, name, port, logs) : null;
}
