namespace SecureZoom.Witness;

/// <summary>What a witness answers.</summary>
internal sealed record WitnessAnswer(int Status, string Body = "", string ContentType = "text/plain; charset=utf-8");
