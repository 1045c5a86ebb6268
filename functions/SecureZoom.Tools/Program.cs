using SecureZoom.Tools;

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
        ["verify-audit", .. var rest] => await VerifyAudit.RunAsync(rest, Console.Out, interrupted.Token),
        ["replay-quarantine", .. var rest] => await ReplayQuarantine.RunAsync(rest, Console.Out, interrupted.Token),
        _ => throw new UsageException($"{VerifyAudit.Usage}\n{ReplayQuarantine.Usage}"),
    };
}
catch (UsageException usage)
{
    await Console.Error.WriteLineAsync(usage.Message);
    return 2;
}
