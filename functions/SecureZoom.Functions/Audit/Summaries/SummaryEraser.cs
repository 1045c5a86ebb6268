using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Erasing;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Audit.Summaries;

/// <summary>Forgets a person in summaries: counts stay, names, addresses and MACs go. Whoever counts at the same time begins again.</summary>
internal sealed class SummaryEraser(SummaryTable table) : IPersonStore
{
    private const int Attempts = 10;

    public async Task<IReadOnlyList<string>> ForgetAsync(string organization, NamedPerson person, CancellationToken cancellationToken)
    {
        var macs = MacsOf(await table.MacAsync(cancellationToken), organization, person);
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            if (await TryForgetAsync(organization, person, macs, cancellationToken))
            {
                return [];
            }
        }

        throw new StorageUnavailableException("The summary changes faster than anybody can be taken out of it.");
    }

    public async IAsyncEnumerable<JsonObject> TellAsync(string organization, NamedPerson person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var bucket in table.ReadAllAsync(organization, cancellationToken))
        {
            foreach (var (key, counted) in bucket.Counts.People.Where(one => person.IsKey(one.Key)))
            {
                yield return Row(bucket, new JsonObject { ["person"] = key, ["failed"] = counted.Failed, ["succeeded"] = counted.Succeeded });
            }

            foreach (var attention in bucket.Counts.Attention.Where(one => person.IsKey(one.Person)))
            {
                yield return Row(bucket, new JsonObject { ["person"] = attention.Person, ["code"] = attention.Code, ["record"] = attention.Sequence });
            }
        }

        var (state, _) = await table.ReadStateAsync(organization, cancellationToken);
        foreach (var key in state?.People.Keys.Concat(state.Locked.Keys).Distinct(StringComparer.Ordinal).Where(person.IsKey) ?? [])
        {
            yield return new JsonObject { ["table"] = AuditTrail.TableName, ["kind"] = "summary of the last day", ["person"] = key };
        }
    }

    /// <remarks>The state is written in any case, so that whoever has read names before begins again.</remarks>
    private async Task<bool> TryForgetAsync(string organization, NamedPerson person, HashSet<ulong> macs, CancellationToken cancellationToken)
    {
        var (state, tag) = await table.ReadStateAsync(organization, cancellationToken);
        if (state is null)
        {
            // Rows of which nobody knows what they are: all is counted anew.
            await table.RemoveAsync(organization, (_, _, _) => true, cancellationToken);
            return true;
        }

        Forget(state, person);
        await foreach (var bucket in table.ReadAllAsync(organization, cancellationToken))
        {
            if (Forget(bucket, person, macs) && (tag = await table.TryWriteAsync(organization, state, tag, [bucket], cancellationToken)) is null)
            {
                return false;
            }
        }

        return await table.TryWriteAsync(organization, state, tag, [], cancellationToken) is not null;
    }

    private static void Forget(SummaryState state, NamedPerson person)
    {
        foreach (var key in state.People.Keys.Where(person.IsKey).ToList())
        {
            state.People.Remove(key);
        }

        foreach (var key in state.Locked.Keys.Where(person.IsKey).ToList())
        {
            state.Locked.Remove(key);
        }
    }

    private static bool Forget(SummaryBucket bucket, NamedPerson person, HashSet<ulong> macs)
    {
        var counts = bucket.Counts;
        var people = counts.People.Keys.Where(person.IsKey).ToList();
        people.ForEach(key => counts.People.Remove(key));
        var attention = counts.Attention.RemoveAll(one => person.IsKey(one.Person));
        var texts = macs.Select(TextOf).ToHashSet(StringComparer.Ordinal);
        var addresses = counts.Addresses.Where(address => address.Value.People.Any(texts.Contains)).ToList();
        foreach (var (ip, failing) in addresses)
        {
            // Where they were alone it is theirs.
            if (failing.People.All(texts.Contains))
            {
                counts.Addresses.Remove(ip);
            }
            else
            {
                counts.Addresses[ip] = failing with { People = [.. failing.People.Select(one => texts.Contains(one) ? TextOf(Nobody()) : one)] };
            }
        }

        return bucket.People.Replace(macs, Nobody) || people.Count + attention + addresses.Count > 0;
    }

    /// <summary>What stands for the person under any name.</summary>
    private static HashSet<ulong> MacsOf(StableMac mac, string organization, NamedPerson person) =>
        [.. person.Keys.SelectMany(key => (ulong[])[SummaryPerson.MacOf(mac, organization, key, isClaimed: false), SummaryPerson.MacOf(mac, organization, key, isClaimed: true)])];

    private static string TextOf(ulong mac) => mac.ToString("x16", CultureInfo.InvariantCulture);

    private static ulong Nobody() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    private static JsonObject Row(SummaryBucket bucket, JsonObject what)
    {
        (what["table"], what["kind"], what["start"]) = (AuditTrail.TableName, $"summary of the {bucket.Span.Name}", bucket.Start);
        return what;
    }
}
