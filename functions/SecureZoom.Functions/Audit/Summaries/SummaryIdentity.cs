using System.Globalization;
using SecureZoom.Functions.Audit.Recording;

namespace SecureZoom.Functions.Audit.Summaries;

/// <summary>Counts what identity providers told.</summary>
internal static class SummaryIdentity
{
    public static void Add(SummaryCounting one)
    {
        var isOfTarget = one.Record.Action is IdentityActions.AccountLocked or IdentityActions.AccountUnlocked or IdentityActions.PersonRestored;
        var person = isOfTarget ? SummaryPerson.OfTarget(one.Record, one.State) : SummaryPerson.OfActor(one.Record, one.State);
        switch (one.Record.Action)
        {
            case IdentityActions.SignInSucceeded when one.Record.Outcome == AuditOutcomes.Success:
                SignIn(one, person);
                break;
            case IdentityActions.SignInFailed when IsNew(one, person):
                Fail(one, person);
                break;
            case IdentityActions.AccountLocked when one.Record.Outcome == AuditOutcomes.Success && IsNew(one, person):
                Lock(one, person);
                break;
            case IdentityActions.AccountUnlocked or IdentityActions.PersonRestored when one.Record.Outcome == AuditOutcomes.Success:
                one.Unlock(person);
                break;
            case IdentityActions.SignedOut or IdentityActions.SignedOutEverywhere when one.Record.Outcome == AuditOutcomes.Success && IsNew(one, person):
                one.Count(counts => counts.SignOuts++);
                break;
            case IdentityActions.MfaChallenged when IsNew(one, person):
                one.Count(counts => counts.FactorsChallenged++);
                break;
            case IdentityActions.MfaSucceeded when IsNew(one, person):
                Pass(one, person);
                break;
            case IdentityActions.MfaDenied when IsNew(one, person):
                Refuse(one, person);
                break;
            default:
                break;
        }
    }

    /// <summary>Whether another source has not told of it already; what nobody is known to have done is always new.</summary>
    private static bool IsNew(SummaryCounting one, SummaryPerson? person) =>
        person is null || one.State.Recent(person.Key, one.Record.RecordedAt).IsNew(one.Record.Action, one.Record.Source, one.At, one.Record.RecordedAt);

    private static void SignIn(SummaryCounting one, SummaryPerson? person)
    {
        var isNew = IsNew(one, person);
        if (isNew)
        {
            one.Count(counts => counts.SignIns++);
        }

        if (person is null)
        {
            return;
        }

        one.AddActive(person);
        one.Unlock(person);
        var recent = one.State.Recent(person.Key, one.Record.RecordedAt);
        if (isNew)
        {
            one.Count(counts => counts.CountPerson(person.Key, person.Name, failed: false));
            if (recent.HasFailedOften(one.At))
            {
                one.Attend(AttentionCodes.SuccessAfterFailures, person);
            }
        }

        recent.SignIn(one.At);
        if (SummaryNetwork.Of(one.Record.Client?.Ip) is { } network)
        {
            recent.SignInFrom(network);
        }
    }

    private static void Fail(SummaryCounting one, SummaryPerson? person)
    {
        one.Count(counts =>
        {
            counts.FailedSignIns++;
            SummaryCounts.Count(counts.FailedBy, one.Record.Reason, 1);
            if (person is not null)
            {
                counts.CountPerson(person.Key, person.Name, failed: true);
            }

            if (one.Record.Client?.Ip is { Length: > 0 and <= 64 } ip)
            {
                counts.CountAddress(ip, person is null ? null : one.MacOf(person).ToString("x16", CultureInfo.InvariantCulture));
            }
        });
        if (person is not null)
        {
            one.State.Recent(person.Key, one.Record.RecordedAt).Fail(one.At);
        }
    }

    private static void Lock(SummaryCounting one, SummaryPerson? person)
    {
        one.Count(counts => counts.Lockouts++);
        if (person is not null)
        {
            one.State.Lock(person.Key, new LockedAccount(person.Name, one.At, one.Record.Sequence));
            one.Attend(AttentionCodes.Locked, person);
        }
    }

    private static void Pass(SummaryCounting one, SummaryPerson? person)
    {
        one.Count(counts =>
        {
            counts.FactorsSucceeded++;
            if (one.Record.Details?["factor"]?.ToString() is { Length: > 0 } factor)
            {
                SummaryCounts.Count(counts.FactorsUsed, factor, 1);
            }
        });
        if (person is not null)
        {
            one.AddWithFactor(person);
        }
    }

    private static void Refuse(SummaryCounting one, SummaryPerson? person)
    {
        one.Count(counts => counts.FactorsDenied++);
        if (person is not null && one.State.Recent(person.Key, one.Record.RecordedAt).Deny(one.At))
        {
            one.Attend(AttentionCodes.FactorDeniedRepeatedly, person);
        }
    }
}
