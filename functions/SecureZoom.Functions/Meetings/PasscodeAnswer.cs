namespace SecureZoom.Functions.Meetings;

/// <summary>The answer of <c>POST /api/meetings/{id}/passcode</c>.</summary>
public sealed record PasscodeAnswer(string Password)
{
    public override string ToString() => nameof(PasscodeAnswer);
}
