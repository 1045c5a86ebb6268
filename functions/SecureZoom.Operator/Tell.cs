using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SecureZoom.Functions.Audit.Checkpoints;
using SecureZoom.Functions.Audit.Erasing;
using SecureZoom.Functions.Audit.Reading;

namespace SecureZoom.Operator;

/// <summary>Writes everything that is kept of a person as NDJSON, without what is others', and says in each trail that was read that it was.</summary>
internal static class Tell
{
    public const string Usage = "script/tell PERSON [--organization ORG]";

    /// <returns>0.</returns>
    public static async Task<int> RunAsync(string[] arguments, Func<IHost> open, TextWriter output, CancellationToken cancellationToken)
    {
        var options = new Options(arguments, Usage);
        options.Allow("--organization");
        if (options.Words is not [{ Length: > 0 } called])
        {
            throw new UsageException(Usage);
        }

        var only = options.Has("--organization") ? options.Organization : null;
        using var product = await open.OpenAsync(cancellationToken);
        var services = product.Services;
        var search = services.GetRequiredService<PersonSearch>();
        foreach (var organization in only is null ? await search.ReadOrganizationsAsync(cancellationToken) : [only])
        {
            var person = await search.KnowAsync(organization, called, cancellationToken);
            long records = 0;
            await foreach (var found in search.FindAsync(organization, person, cancellationToken))
            {
                records++;
                await WriteAsync(output, await TellAsync(services.GetRequiredService<TrailProofs>(), organization, found, cancellationToken));
            }

            await foreach (var row in search.FindBesideAsync(organization, person, cancellationToken))
            {
                row["organization"] = organization;
                await WriteAsync(output, row);
            }

            // Messages that lie aside may be of any organisation: by what this one knows of the person.
            await foreach (var message in search.FindMessagesAsync(person, cancellationToken))
            {
                await WriteAsync(output, new JsonObject { ["message"] = message, ["knownBy"] = organization });
            }

            await search.RecordAsync(organization, called, records, await services.ReadRunnerAsync("script/tell", cancellationToken), cancellationToken);
            await WriteAsync(output, new JsonObject { ["organization"] = organization, ["records"] = records });
        }

        return 0;
    }

    /// <summary>A record as a line has it, and its proof where a checkpoint covers it: evidence that anybody can check.</summary>
    private static async Task<JsonObject> TellAsync(TrailProofs proofs, string organization, FoundRecord found, CancellationToken cancellationToken)
    {
        var stored = found.OfPerson();
        var record = AuditReader.Read(organization, stored);
        return new JsonObject
        {
            ["organization"] = organization,
            ["sequence"] = stored.Sequence,
            ["record"] = Encoding.UTF8.GetString(AuditReader.LineOf(stored, record)),
            ["proof"] = (await proofs.ProveAsync(organization, stored.Sequence, cancellationToken))?.ToString(),
        };
    }

    private static Task WriteAsync(TextWriter output, JsonObject line) => output.WriteLineAsync(line.ToJsonString());
}
