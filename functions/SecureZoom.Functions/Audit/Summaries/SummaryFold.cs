using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Secrets;

namespace SecureZoom.Functions.Audit.Summaries;

/// <summary>Counts records, one after the other: the same records give the same counts.</summary>
/// <param name="mac">For the people of an organisation.</param>
internal sealed class SummaryFold(StableMac mac, string organization)
{
    /// <summary>When a record counts: when it happened, if that was not long before it was written down.</summary>
    public static DateTimeOffset TimeOf(AuditRecord record) =>
        record.OccurredAt <= record.RecordedAt && record.OccurredAt >= record.RecordedAt - SummarySpan.Late ? record.OccurredAt : record.RecordedAt;

    /// <param name="buckets">The hour and the day of the record; fewer where they are not asked for.</param>
    public void Add(AuditRecord record, SummaryState state, IReadOnlyList<SummaryBucket> buckets)
    {
        (state.Sequence, state.RecordedAt) = (record.Sequence, record.RecordedAt);
        var counts = new SummaryCounting(record, TimeOf(record), state, buckets, mac, organization);
        switch (record.Source)
        {
            case AuditSources.Zoom:
                OfZoom(counts);
                break;
            case AuditSources.App:
                OfApp(counts);
                break;
            default:
                SummaryIdentity.Add(counts);
                break;
        }

        foreach (var bucket in buckets)
        {
            (bucket.Counts.Sequence, bucket.IsChanged) = (record.Sequence, true);
        }
    }

    private static void OfZoom(SummaryCounting one)
    {
        switch (one.Record.Action)
        {
            case "meeting.created":
                one.Count(counts => counts.MeetingsCreated++);
                break;
            case "meeting.started":
                one.Count(counts => counts.MeetingsStarted++);
                break;
            case "meeting.ended":
                one.Count(counts => counts.MeetingsEnded++);
                break;
            case "meeting.participant_left":
                one.Count(counts => counts.Left++);
                break;
            case "meeting.participant_joined":
                one.Count(counts => counts.Joined++);
                Join(one);
                break;
            default:
                break;
        }
    }

    private static void Join(SummaryCounting one)
    {
        if (SummaryPerson.OfActor(one.Record, one.State) is not { } person)
        {
            return;
        }

        one.AddActive(person);
        var known = person.IsClaimed ? null : one.State.Find(person.Key, one.Record.RecordedAt);
        // Where people were forgotten nobody can be said not to have signed in.
        if (known?.HasSignature(one.At) is not true && known?.HasSignedIn(one.At) is not true
            && !(one.Record.RecordedAt - one.State.ForgotAt < RecentPerson.Kept))
        {
            one.Attend(AttentionCodes.JoinedWithoutSignIn, person);
        }
    }

    private static void OfApp(SummaryCounting one)
    {
        switch (one.Record.Action)
        {
            case AuditActions.SignatureIssued when one.Record.Outcome == AuditOutcomes.Success:
                Sign(one);
                break;
            case AuditActions.AccessDenied:
                Deny(one);
                break;
            default:
                break;
        }
    }

    private static void Sign(SummaryCounting one)
    {
        var (role, asked) = (NumberOf(one.Record.Details, "role"), NumberOf(one.Record.Details, "requestedRole"));
        one.Count(counts =>
        {
            counts.HostSignatures += role == 1 ? 1 : 0;
            counts.ParticipantSignatures += role == 1 ? 0 : 1;
            counts.LoweredSignatures += asked == 1 && role != 1 ? 1 : 0;
        });
        if (SummaryPerson.OfActor(one.Record, one.State) is not { } person)
        {
            return;
        }

        one.AddActive(person);
        var recent = one.State.Recent(person.Key, one.Record.RecordedAt);
        if (SummaryNetwork.Of(one.Record.Client?.Ip) is { } network && recent.HasSignedIn(one.At) && SummaryNetwork.IsElsewhere(network, recent.Networks))
        {
            one.Attend(AttentionCodes.OtherNetwork, person);
        }

        recent.SignedAt = one.At;
        if (one.Record.Details?["customerKey"]?.ToString() is { Length: > 0 } pseudonym)
        {
            one.State.AddPseudonym(person.Key, recent, pseudonym);
        }
    }

    private static void Deny(SummaryCounting one)
    {
        var count = Math.Max(1, NumberOf(one.Record.Details, "count") ?? 1);
        one.Count(counts =>
        {
            counts.Denied += count;
            SummaryCounts.Count(counts.DeniedBy, one.Record.Reason, count);
        });
        if (SummaryPerson.OfActor(one.Record, one.State) is { } person && one.State.Find(person.Key, one.Record.RecordedAt)?.HasSignedIn(one.At) is true)
        {
            one.Attend(AttentionCodes.RefusedAfterSignIn, person);
        }
    }

    private static int? NumberOf(JsonObject? details, string name) =>
        details?[name] is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;
}
