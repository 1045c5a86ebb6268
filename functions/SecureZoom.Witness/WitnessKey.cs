using System.Security.Cryptography;
using SecureZoom.Verification.Log;

namespace SecureZoom.Witness;

/// <summary>A witness's private key, 32 bytes in base64 in a file for its owner alone, made once.</summary>
internal static class WitnessKey
{
    private const string FileName = "key";

    /// <exception cref="FormatException">The file holds no key.</exception>
    public static Cosigner Open(string folder, string name)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var writer = new StreamWriter(path, options);
            writer.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        }

        return new Cosigner(name, Convert.FromBase64String(File.ReadAllText(path).Trim()));
    }
}
