using System.Buffers.Text;
using System.Text;
using SecureZoom.Functions.Secrets;

namespace SecureZoom.Functions.Tests.Secrets;

/// <summary>Makes bad tokens of two good ones of the same kind: damaged, taken apart, or sealed again by the good key for something else.</summary>
/// <param name="type">The type that is good.</param>
/// <param name="plain">What a good one holds.</param>
/// <param name="bad">What none may hold, sealed or not.</param>
internal sealed class SealedTokenMutator(string good, string other, string type, string plain, IReadOnlyList<string> bad, SecretVersion key)
{
    private static readonly string[] Headers =
    [
        """{"alg":"none"}""", """{"alg":"dir","enc":"none"}""", """{"alg":"dir","enc":"A256GCM","zip":"DEF"}""", "{}", "[]", "null", "",
    ];

    /// <summary>A token that is not <c>good</c>, whatever the numbers are.</summary>
    public string Next(Random random)
    {
        while (true)
        {
            var token = random.Next(8) switch
            {
                0 => Replaced(random),
                1 => Flipped(random),
                2 => Shuffled(random),
                3 => good[..random.Next(good.Length)] + (random.Next(2) == 0 ? "" : other[random.Next(other.Length)..]),
                4 => Mixed(random),
                5 => $"{Encode(Headers[random.Next(Headers.Length)])}.{good[(good.IndexOf('.', StringComparison.Ordinal) + 1)..]}",
                6 => Jwe.Seal(Encoding.UTF8.GetBytes(plain), OtherType(random), key),
                _ => Jwe.Seal(Encoding.UTF8.GetBytes(bad[random.Next(bad.Count)]), type, key),
            };
            if (token != good && token != other)
            {
                return token;
            }
        }
    }

    private string Replaced(Random random)
    {
        var text = good.ToCharArray();
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            text[random.Next(text.Length)] = (char)(random.Next(4) == 0 ? random.Next(0x10000) : random.Next(0x20, 0x7f));
        }

        return new string(text);
    }

    private string Flipped(Random random)
    {
        var parts = good.Split('.');
        var index = random.Next(2, parts.Length);
        var bytes = Base64Url.DecodeFromChars(parts[index]);
        bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        parts[index] = Base64Url.EncodeToString(bytes);
        return string.Join('.', parts);
    }

    private string Shuffled(Random random)
    {
        var parts = good.Split('.').ToList();
        switch (random.Next(4))
        {
            case 0:
                parts.RemoveAt(random.Next(parts.Count));
                break;
            case 1:
                parts.Insert(random.Next(parts.Count), parts[random.Next(parts.Count)]);
                break;
            case 2:
                parts[random.Next(parts.Count)] = "";
                break;
            default:
                (parts[0], parts[^1]) = (parts[^1], parts[0]);
                break;
        }

        return string.Join('.', parts);
    }

    /// <summary>Parts of both.</summary>
    private string Mixed(Random random)
    {
        var (ours, theirs) = (good.Split('.'), other.Split('.'));
        return string.Join('.', ours.Select((part, index) => random.Next(2) == 0 ? part : theirs[index]));
    }

    private string OtherType(Random random) => random.Next(4) switch
    {
        0 => type.ToUpperInvariant(),
        1 => $"{type} ",
        2 => "audit",
        _ => type[..random.Next(type.Length)],
    };

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
