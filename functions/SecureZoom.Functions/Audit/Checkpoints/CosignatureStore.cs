using System.Globalization;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Secrets;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Audit.Checkpoints;

/// <summary>
/// Witnesses' signatures, each a blob of its own beside the checkpoints, which nobody overwrites:
/// <c>.witnesses/{log's folder}/{key id, 8 hex digits}/{9999999999 less the checkpoint's number, 10 digits}</c>, so that a list begins with
/// the newest. Where somebody has taken that name first, the signature has a second one, which nobody else can tell:
/// <c>{the first}.{MAC, 32 hex digits}</c>.
/// </summary>
public sealed class CosignatureStore(CheckpointBlobs blobs, CheckpointStore store, AuditOptions options, AuditWitnesses witnesses, SecretStore secrets)
{
    internal const string TopFolder = ".witnesses";

    private const long Behind = 9_999_999_999;
    private const int Parallel = 16;

    /// <summary>How many names are looked at, should there be garbage in front: so many checkpoints are signed in three days.</summary>
    private const int MaxLooks = 1_000;

    /// <summary>How many names are listed at once: the first is mostly the one.</summary>
    private const int Page = 100;

    private const string Label = "cosignature-name";
    private const int LabelLength = 32;

    /// <summary>Keeps a witness's signature of a checkpoint.</summary>
    /// <returns>False when somebody has put something else in its place: then it is kept under its second name.</returns>
    internal async Task<bool> AddAsync(
        string organization, long number, AuditWitness witness, NoteSignature cosignature, string checkpoint, CancellationToken cancellationToken)
    {
        var (name, line) = (Name(organization, witness, number), new BinaryData(cosignature.ToString()));
        if (await blobs.CreateAsync(name, line, cancellationToken)
            // Another instance may have shown the same checkpoint.
            || Genuine(await blobs.ReadTextAsync(name, cancellationToken), witness, checkpoint) is not null)
        {
            return true;
        }

        await blobs.CreateAsync(await SecondNameAsync(name, cancellationToken), line, cancellationToken);
        return false;
    }

    /// <summary>Checkpoints by their names, with what the witnesses have signed of them.</summary>
    public async Task<IReadOnlyList<CheckpointFile>> ReadAllAsync(string organization, IReadOnlyList<string> checkpoints, CancellationToken cancellationToken)
    {
        var files = await store.ReadAllAsync(checkpoints, cancellationToken);
        if (witnesses.All.Count == 0 || checkpoints.Count == 0)
        {
            return files;
        }

        var places = files.Select((file, place) => (file.Number, Place: place))
            .Where(file => file.Number is not null)
            .ToDictionary(file => file.Number!.Value, file => file.Place);
        var cosigned = files.ToArray();
        foreach (var witness in witnesses.All)
        {
            var names = await blobs.ListAsync(Folder(organization, witness), cancellationToken);
            var numbers = names.Select(name => NumberOf(organization, witness, name)).OfType<long>();
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
    /// <param name="last">The last checkpoint's number: what is behind it somebody else has put there, to be in front of all others.</param>
    internal async Task<CheckpointFile?> FindNewestAsync(string organization, long last, CancellationToken cancellationToken)
    {
        var newest = new List<long>();
        foreach (var witness in witnesses.All)
        {
            newest.AddRange(await FindNewestAsync(organization, witness, last, cancellationToken) is { } found ? [found.Number] : []);
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
    /// <param name="last">As above.</param>
    internal async Task<(long Number, long Size, DateTimeOffset Time)?> FindNewestAsync(
        string organization, AuditWitness witness, long last, CancellationToken cancellationToken)
    {
        var numbers = blobs.ListUpAsync(Folder(organization, witness), Page, cancellationToken)
            .Select(name => NumberOf(organization, witness, name))
            .Where(number => number <= last)
            .Take(MaxLooks);
        await foreach (var number in numbers.WithCancellation(cancellationToken))
        {
            var file = await store.ReadAsync(organization, number!.Value, cancellationToken);
            if (await ReadAsync(organization, number.Value, witness, file.Text, cancellationToken) is { } line
                && NoteSignature.TryParse(line, out var signature)
                && LogCheckpoint.TryParse(file.Text, out var checkpoint))
            {
                return (number.Value, checkpoint.Head.Size, SignedNote.Of(file.Text, signature).Verify(witness.Key)[0].Time!.Value);
            }
        }

        return null;
    }

    /// <summary>The line of a signature that is there and genuine: a false one would spoil the note that it stands in.</summary>
    private async Task<string?> ReadAsync(string organization, long number, AuditWitness witness, string checkpoint, CancellationToken cancellationToken)
    {
        var name = Name(organization, witness, number);
        var line = await blobs.ReadTextAsync(name, cancellationToken);
        return Genuine(line, witness, checkpoint)
            ?? (line is null && !await blobs.IsThereAsync(name, cancellationToken)
                ? null
                : Genuine(await blobs.ReadTextAsync(await SecondNameAsync(name, cancellationToken), cancellationToken), witness, checkpoint));
    }

    private static string? Genuine(string? line, AuditWitness witness, string checkpoint) =>
        line is not null
        && LogCheckpoint.TryParse(checkpoint, out _)
        && NoteSignature.TryParse(line, out var signature)
        && SignedNote.Of(checkpoint, signature).Verify(witness.Key).Count > 0
            ? line
            : null;

    private async Task<string> SecondNameAsync(string name, CancellationToken cancellationToken) =>
        $"{name}.{(await StableMac.OpenAsync(secrets, Label, cancellationToken)).Of(name)[..LabelLength]}";

    private string Folder(string organization, AuditWitness witness) =>
        string.Create(CultureInfo.InvariantCulture, $"{TopFolder}/{options.FolderOf(organization)}/{witness.Key.Id:x8}/");

    private string Name(string organization, AuditWitness witness, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{Folder(organization, witness)}{Behind - number:D10}");

    /// <summary>Null for whatever has not the name that a signature has.</summary>
    private long? NumberOf(string organization, AuditWitness witness, string name) =>
        long.TryParse(name.AsSpan(name.LastIndexOf('/') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var behind)
        && behind <= Behind
        && name == Name(organization, witness, Behind - behind)
            ? Behind - behind
            : null;
}
