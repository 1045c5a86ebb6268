using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using SecureZoom.Functions.Invitations;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Signature;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Benchmarks;

/// <summary>What a join is made of, behind who is calling; the floor is the HMAC of a signature.</summary>
public class JoinBenchmarks
{
    private const string Secret = "0123456789abcdef0123456789abcdef";
    private const string Type = "invitation";

    private static readonly DateTimeOffset Now = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    private readonly SecretVersion[] _keys = [new("the newest key, as long as a key is."), new("the one before, as long as a key is.")];
    private readonly byte[] _key = Encoding.UTF8.GetBytes(Secret);
    private MeetingNumber _meeting;
    private byte[] _signed = [];
    private string _invitation = "";

    [GlobalSetup]
    public void Setup()
    {
        _meeting = MeetingNumber.From(85_012_345_678)!.Value;
        var signature = Signature();
        _signed = Encoding.ASCII.GetBytes(signature[..signature.LastIndexOf('.')]);
        _invitation = Jwe.Seal(
            JsonSerializer.SerializeToUtf8Bytes(
                new Invitation
                {
                    Id = "0123456789abcdef0123456789abcdef",
                    Meeting = _meeting.Value,
                    Registration = "0123456789abcdef0123456789abcdef",
                    Owner = "org_acme",
                    ForOrganization = "org_globex",
                    Topic = "Planning",
                    Passcode = "12345678",
                    Issued = Now,
                    Expires = Now.AddDays(7),
                },
                SealedInvitationJson.Default.Invitation),
            Type,
            _keys[1]);
    }

    [Benchmark(Baseline = true, Description = "floor: HMAC-SHA256 of it")]
    public byte[] Floor() => HMACSHA256.HashData(_key, _signed);

    [Benchmark(Description = "signature")]
    public string Signature() => MeetingSignature.Mint("sdk-client-id-0123456789", Secret, _meeting, MeetingRole.Participant, Now, Now.AddHours(2), webRtc: true);

    [Benchmark(Description = "invitation, opened by the second key")]
    public object? Invitation() => Jwe.Open(_invitation, Type, _keys) is { } plain
        ? JsonSerializer.Deserialize(plain, SealedInvitationJson.Default.Invitation)
        : null;
}
