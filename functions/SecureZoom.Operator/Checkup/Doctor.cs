using SecureZoom.Verification;

namespace SecureZoom.Operator.Checkup;

/// <summary>Looks at everything that the product depends on, and says in one table what is right, what is wrong, and what to do.</summary>
internal static class Doctor
{
    public const string Usage = "script/doctor [--api ADDRESS]";

    private const string TokenVariable = "SECUREZOOM_TOKEN";

    /// <summary>What stands on nothing first: who mends from the top mends what follows from it, too.</summary>
    private static readonly IReadOnlyList<ICheck> Checks =
    [
        new SettingsCheck(), new SecretsCheck(), new OwnKeysCheck(), new StorageCheck(), new ClockCheck(), new AppCheck(), new IssuersCheck(), new TokenCheck(),
        new OrganizationCheck(), new ZoomAccountCheck(), new ZoomScopesCheck(), new HostCheck(), new SdkSignatureCheck(), new WebhookCheck(), new CorsCheck(),
        new SiteCheck(), new SitePolicyCheck(), new IdentitySourcesCheck(), new SystemLogCheck(), new SignOutCheck(), new CustomersCheck(),
    ];

    /// <returns>0 when nothing is wrong, 1 when something is.</returns>
    public static async Task<int> RunAsync(string[] arguments, Func<ProductSettings> read, TextWriter output, CancellationToken cancellationToken)
    {
        var options = new Options(arguments, Usage);
        options.Allow("--api");
        var settings = read();
        if (options.Words.Count > 0 || !TryReadApi(options.Value("--api") ?? settings.Api, out var api))
        {
            throw new UsageException(Usage);
        }

        var token = Environment.GetEnvironmentVariable(TokenVariable) is { Length: > 0 } given ? given : await SandboxPerson.SignInAsync(settings.Values, cancellationToken);
        using var patient = new Patient(settings.Values, api, token, TimeProvider.System);
        return await LookAsync(patient, output, cancellationToken);
    }

    internal static async Task<int> LookAsync(Patient patient, TextWriter output, CancellationToken cancellationToken)
    {
        var wrong = 0;
        var width = Checks.Max(check => check.Subject.Length);
        foreach (var check in Checks)
        {
            var verdict = await LookAsync(check, patient, cancellationToken);
            var mark = verdict.IsRight switch { true => "right", false => "WRONG", null => "  -  " };
            await output.WriteLineAsync(PlainText.Of($"{mark}  {check.Subject.PadRight(width)}  {verdict.Found}"));
            if (verdict.IsRight == false)
            {
                wrong++;
                await output.WriteLineAsync(PlainText.Of($"       {new string(' ', width)}  -> {check.Remedy}"));
            }
        }

        await output.WriteLineAsync(wrong == 0 ? "Nothing is wrong." : $"{wrong} of {Checks.Count} are wrong.");
        return wrong == 0 ? 0 : 1;
    }

    private static async Task<Verdict> LookAsync(ICheck check, Patient patient, CancellationToken cancellationToken)
    {
        try
        {
            return await check.LookAsync(patient, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // By its kind alone: what it says may hold an address with what is in it.
            return Verdict.Wrong($"it cannot be reached ({exception.GetType().Name})");
        }
    }

    private static bool TryReadApi(string? text, out Uri? api)
    {
        api = null;
        return text is null || (Uri.TryCreate($"{text.TrimEnd('/')}/", UriKind.Absolute, out api) && api.Scheme is "https" or "http");
    }
}
