using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>Something that was found wrong with a trail, until somebody says that it is known, and behind that.</summary>
/// <param name="Id">The same for the same finding, so that it raises one alarm.</param>
/// <param name="Code">One of <see cref="TrailProblems"/> or <see cref="FindingCodes"/>.</param>
/// <param name="KnownSince">Null while nobody has said so.</param>
public sealed record TrailFinding(string Id, string Code, long? Sequence, string Detail, DateTimeOffset FoundAt, DateTimeOffset? KnownSince = null)
{
    internal static TrailFinding Of(TrailProblem problem, DateTimeOffset now) => new(IdOf(problem), problem.Code, problem.Sequence, problem.Detail, now);

    internal static string IdOf(TrailProblem problem)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{problem.Code}\n{problem.Sequence}\n{problem.Detail}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
    }
}
