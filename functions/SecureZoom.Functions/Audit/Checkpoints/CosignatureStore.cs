using System.Globalization;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Audit.Checkpoints;

/// <summary>
/// Witnesses' signatures, each a blob of its own beside the checkpoints, which nobody overwrites:
/// <c>.witnesses/{log's folder}/{key id, 8 hex digits}/{9999999999 less the checkpoint's number, 10 digits}</c>, so that a list begins with
/// the newest.
/// </summary>
public sealed class CosignatureStore(CheckpointStore store, AuditOptions options, AuditWitnesses witnesses)
{
    internal const string Prefix = ".witnesses/";

    private const long Behind = 9_999_999_999;
    private const int Parallel = 16;

    /// <summary>How many of the newest are looked at, should there be garbage in front.</summary>
    private const int MaxNewest = 8;

    internal Task<bool> AddAsync(string organization, long number, AuditWitness witness, NoteSignature cosignature, CancellationToken cancellationToken) =>
        store.CreateAsync(Name(organization, witness, number), new BinaryData(cosignature.ToString()), cancellationToken);

    /// <summary>Checkpoints by their names, with what the witnesses have signed of them.</summary>
    public async Task<IReadOnlyList<CheckpointFile>> ReadAllAsync(string organization, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var files = await store.ReadAllAsync(names, cancellationToken);
        if (witnesses.All.Count == 0 || names.Count == 0)
        {
            return files;
        }

        var places = names.Select((name, place) => (Number: CheckpointStore.NumberOf(name), Place: place))
            .Where(name => name.Number is not null)
            .DistinctBy(name => name.Number)
            .ToDictionary(name => name.Number!.Value, name => name.Place);
        var cosigned = files.ToArray();
        foreach (var witness in witnesses.All)
        {
            var numbers = (await store.ListAsync(Folder(organization, witness), int.MaxValue, cancellationToken)).Select(NumberOf).OfType<long>();
            foreach (var some in numbers.Where(places.ContainsKey).Chunk(Parallel))
            {
                var lines = await Task.WhenAll(some.Select(number =>
                    ReadAsync(organization, number, witness, files[places[number]].Text, cancellationToken)));
                foreach (var (number, line) in some.Zip(lines).Where(one => one.Second is not null))
                {
                    var file = cosigned[places[number]];
                    cosigned[places[number]] = file with { Cosignatures = [.. file.Cosignatures ?? [], line!] };
                }
            }
        }

        return cosigned;
    }

    /// <summary>The newest checkpoint that any witness has signed, and all that sign it; null when there is none.</summary>
    internal async Task<CheckpointFile?> FindNewestAsync(string organization, CancellationToken cancellationToken)
    {
        var newest = new List<long>();
        foreach (var witness in witnesses.All)
        {
            newest.AddRange(await FindNewestAsync(organization, witness, cancellationToken) is { } found ? [found.Number] : []);
        }

        if (newest.Count == 0)
        {
            return null;
        }

        var file = await store.ReadAsync(organization, newest.Max(), cancellationToken);
        var lines = await Task.WhenAll(witnesses.All.Select(witness => ReadAsync(organization, newest.Max(), witness, file.Text, cancellationToken)));
        return file with { Cosignatures = [.. lines.OfType<string>()] };
    }

    /// <summary>The newest checkpoint that a witness has signed: its number, how large its tree is, and when.</summary>
    internal async Task<(long Number, long Size, DateTimeOffset Time)?> FindNewestAsync(
        string organization, AuditWitness witness, CancellationToken cancellationToken)
    {
        foreach (var number in (await store.ListAsync(Folder(organization, witness), MaxNewest, cancellationToken)).Select(NumberOf).OfType<long>())
        {
            var file = await store.ReadAsync(organization, number, cancellationToken);
            if (await ReadAsync(organization, number, witness, file.Text, cancellationToken) is { } line
                && NoteSignature.TryParse(line, out var signature)
                && LogCheckpoint.TryParse(file.Text, out var checkpoint))
            {
                return (number, checkpoint.Head.Size, SignedNote.Of(file.Text, signature).Verify(witness.Key)[0].Time!.Value);
            }
        }

        return null;
    }

    /// <summary>The line of a signature that is there and genuine: a false one would spoil the note that it stands in.</summary>
    private async Task<string?> ReadAsync(string organization, long number, AuditWitness witness, string checkpoint, CancellationToken cancellationToken)
    {
        var line = await store.ReadTextAsync(Name(organization, witness, number), cancellationToken);
        return line is not null
            && LogCheckpoint.TryParse(checkpoint, out _)
            && NoteSignature.TryParse(line, out var signature)
            && SignedNote.Of(checkpoint, signature).Verify(witness.Key).Count > 0
                ? line
                : null;
    }

    private string Folder(string organization, AuditWitness witness) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{options.FolderOf(organization)}/{witness.Key.Id:x8}/");

    private string Name(string organization, AuditWitness witness, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{Folder(organization, witness)}{Behind - number:D10}");

    private static long? NumberOf(string name) => CheckpointStore.NumberOf(name) is { } behind ? Behind - behind : null;
}
