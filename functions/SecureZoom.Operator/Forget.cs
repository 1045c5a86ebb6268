using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SecureZoom.Functions.Audit.Erasing;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Verification;

namespace SecureZoom.Operator;

/// <summary>Erases a person at once, and says what is erased, what stays, and where else they are named.</summary>
internal static class Forget
{
    public const string Usage = "script/forget PERSON --organization ORG --reason TEXT [--everywhere]";

    private const string Everywhere = "--everywhere";

    /// <returns>0 when the person is erased, 1 when a hold keeps them, or some of them, or nobody is known by that name.</returns>
    public static async Task<int> RunAsync(string[] arguments, Func<IHost> open, TextWriter output, CancellationToken cancellationToken)
    {
        var options = new Options(arguments, Usage, Everywhere);
        options.Allow("--organization", "--reason", Everywhere);
        if (options.Words is not [{ Length: > 0 } person])
        {
            throw new UsageException(Usage);
        }

        var (organization, reason) = (options.Organization, options.Required("--reason"));
        using var product = await open.OpenAsync(cancellationToken);
        var erasure = product.Services.GetRequiredService<PersonErasure>();
        // Before anything is gone that says who they are.
        var others = (await product.Services.GetRequiredService<PersonSearch>().FindTrailsAsync(person, cancellationToken)).Where(other => other != organization).ToList();
        var by = await product.Services.ReadRunnerAsync("script/forget", cancellationToken);
        var isDone = await ForgetAsync(erasure, organization, person, reason, by, output, cancellationToken);
        foreach (var other in options.Has(Everywhere) ? others : [])
        {
            isDone &= await ForgetAsync(erasure, other, person, reason, by, output, cancellationToken);
        }

        if (others.Count > 0 && !options.Has(Everywhere))
        {
            await output.WriteLineAsync($"Other trails name them, as a guest, as a member or as who hosts: {string.Join(", ", others)} ({Everywhere} erases them in each of these, too)");
        }

        return isDone ? 0 : 1;
    }

    private static async Task<bool> ForgetAsync(
        PersonErasure erasure, string organization, string person, string reason, AuditActor by, TextWriter output, CancellationToken cancellationToken)
    {
        try
        {
            var done = await erasure.ForgetAsync(organization, person, reason, by, cancellationToken);
            var authorities = done.Authorities.Count > 0 ? $", authorised by {string.Join(", ", done.Authorities.Select(Number))}" : "";
            var isStopped = done.State == Erasure.Stopped;
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{organization}: {(isStopped ? $"stopped by a hold ({done.Code}) after " : "")}{done.Parts} parts of {done.Records} records {(isStopped ? "were" : "are")} erased{authorities}"));
            foreach (var kept in done.Kept)
            {
                await output.WriteLineAsync(PlainText.Of($"  stays: {kept}"));
            }

            return !isStopped;
        }
        catch (ErasureException exception)
        {
            await output.WriteLineAsync($"{organization}: refused ({exception.Code}), and nothing is erased");
            return false;
        }
    }

    private static string Number(long sequence) => string.Create(CultureInfo.InvariantCulture, $"record {sequence}");
}
