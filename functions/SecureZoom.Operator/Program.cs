using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Settings;
using SecureZoom.Operator;
using SecureZoom.Operator.Checkup;

using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    interrupted.Cancel();
};

try
{
    return args switch
    {
        ["customer", .. var rest] => await CustomerRegister.RunAsync(rest, Product.Open, Console.Out, interrupted.Token),
        ["doctor", .. var rest] => await Doctor.RunAsync(rest, Product.ReadSettings, Console.Out, interrupted.Token),
        ["forget", .. var rest] => await Forget.RunAsync(rest, Product.Open, Console.Out, interrupted.Token),
        ["hold", .. var rest] => await Hold.RunAsync(rest, Product.Open, Console.Out, interrupted.Token),
        ["known", .. var rest] => await Known.RunAsync(rest, Product.Open, Console.Out, interrupted.Token),
        ["leave", .. var rest] => await Leave.RunAsync(rest, Product.Open, Console.Out, interrupted.Token),
        ["tell", .. var rest] => await Tell.RunAsync(rest, Product.Open, Console.Out, interrupted.Token),
        _ => throw new UsageException($"{CustomerRegister.Usage}\n{Doctor.Usage}\n{Forget.Usage}\n{Hold.Usage}\n{Known.Usage}\n{Leave.Usage}\n{Tell.Usage}"),
    };
}
catch (Exception exception) when (exception is UsageException or SecureZoom.Tools.UsageException or SettingsException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 2;
}
catch (TrailDamagedException exception)
{
    // Nothing is told or destroyed by what somebody else may have written.
    await Console.Error.WriteLineAsync($"{exception.Message} It goes no further, and what was written so far is not whole.");
    return 1;
}
