using System.Text;
using SecureZoom.Verification.Log;

namespace SecureZoom.Witness;

/// <summary>The largest tree seen of each log, in a file that is only appended to: the last line of a log counts.</summary>
internal sealed class WitnessRecords : IDisposable
{
    private const string FileName = "seen";

    private readonly Dictionary<string, TreeHead> _heads = new(StringComparer.Ordinal);
    private readonly FileStream _file;

    /// <exception cref="InvalidDataException">A line is none: whoever forgets what was seen would cosign a fork.</exception>
    public WitnessRecords(string folder)
    {
        // Nobody else may write meanwhile, such as a second witness by the same key.
        _file = new FileStream(Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        using var reader = new StreamReader(_file, leaveOpen: true);
        var text = reader.ReadToEnd();
        // What a crash has left of a line was not answered to anybody.
        var whole = text[..(text.LastIndexOf('\n') + 1)];
        foreach (var line in whole.Split('\n').SkipLast(1))
        {
            _heads[OriginOf(line, out var head)] = head;
        }

        _file.SetLength(Encoding.UTF8.GetByteCount(whole));
        _file.Seek(0, SeekOrigin.End);
    }

    /// <summary>What was seen of a log; an empty tree when nothing was.</summary>
    public TreeHead Of(string origin) => _heads.GetValueOrDefault(origin, TreeHead.Empty);

    /// <summary>Keeps what is seen now, durably before it returns.</summary>
    public void Keep(LogCheckpoint checkpoint)
    {
        _file.Write(Encoding.UTF8.GetBytes($"{checkpoint.Text[..^1].Replace('\n', ' ')}\n"));
        _file.Flush(flushToDisk: true);
        _heads[checkpoint.Origin] = checkpoint.Head;
    }

    public void Dispose() => _file.Dispose();

    private static string OriginOf(string line, out TreeHead head)
    {
        // An origin may have blanks.
        var parts = line.Split(' ');
        var text = parts.Length < 3 ? "" : $"{string.Join(' ', parts[..^2])}\n{parts[^2]}\n{parts[^1]}\n";
        head = LogCheckpoint.TryParse(text, out var checkpoint)
            ? checkpoint.Head
            : throw new InvalidDataException($"{FileName} has a line that is none of a witness's: put it back from a copy.");
        return checkpoint.Origin;
    }
}
