using System.Net;

namespace SecureZoom.Operator.Checkup;

internal sealed class AppCheck : ICheck
{
    public string Subject => "app";

    public string Remedy => "docs/operate.md, What health says, has each name; where nothing answers, look whether the app runs, and name it with --api.";

    public async Task<Verdict> LookAsync(Patient patient, CancellationToken cancellationToken)
    {
        if (patient.Api is null)
        {
            return Verdict.NotLookedAt("--api says where it is");
        }

        using var response = await patient.Http.GetAsync(new Uri(patient.Api, "health"), cancellationToken);
        var answer = await Patient.ReadAsync(response, cancellationToken);
        string[] wrong =
        [
            .. Names("down").Select(name => $"{name} is down"),
            .. Names("attention").Select(name => $"{name} wants a look"),
        ];
        return wrong.Length > 0 ? Verdict.Of(wrong, "")
            : response.StatusCode == HttpStatusCode.OK && (string?)answer?["status"] == "ok" ? Verdict.Right($"{patient.Api} is well")
            : Verdict.Wrong($"{patient.Api} answers {(int)response.StatusCode}");

        IEnumerable<string> Names(string member) => answer?[member]?.AsArray().Select(name => (string)name!) ?? [];
    }
}
