using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;

namespace SecureZoom.Sandbox.Identity;

/// <summary>Who may sign in now: wrong passwords lock an account for a minute, administrators suspend, some have a second factor. All of it is told.</summary>
internal sealed class People(EventFeed feed, TimeProvider time)
{
    private const int MostWrong = 5;
    private static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, State> _states = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the account is suspended: then no token is made for it, by whatever way.</summary>
    public bool IsSuspended(Account account) => StateOf(account).Suspended;

    /// <summary>The code of the account's second factor at this moment; null without one.</summary>
    public string? CodeOf(Account account) => StateOf(account).Secret is { } secret ? Totp.CodeAt(secret, time.GetUtcNow()) : null;

    /// <summary>Tries to sign somebody in, and tells of it.</summary>
    /// <param name="code">The second factor's; null where none was asked for yet.</param>
    public (Verdict Verdict, Account? Account) TrySignIn(string? email, string? password, string? code, IPAddress? from)
    {
        if (Accounts.WithEmail(email) is not { } account)
        {
            feed.UnknownPerson(email ?? "", from);
            return (Verdict.Wrong, null);
        }

        var state = StateOf(account);
        lock (state)
        {
            return (Try(account, state, password, code, from), account);
        }
    }

    /// <summary>Tells that somebody signed out.</summary>
    public void SignOut(Account account, string session, IPAddress? from) => feed.SignedOut(account, session, from);

    /// <summary>Suspends or restores somebody, or gives or takes a second factor; a lock ends with it.</summary>
    public void Change(Account account, bool? suspended, bool? mfa)
    {
        var state = StateOf(account);
        lock (state)
        {
            if (state.LockedUntil > time.GetUtcNow())
            {
                feed.Unlocked(account);
            }

            (state.Wrong, state.LockedUntil) = (0, null);
            if (suspended is { } now && now != state.Suspended)
            {
                state.Suspended = now;
                feed.StatusChanged(account, now);
            }

            if (mfa is { } has && has != state.Secret is not null)
            {
                state.Secret = has ? RandomNumberGenerator.GetBytes(20) : null;
                feed.FactorChanged(account, has);
            }
        }
    }

    private Verdict Try(Account account, State state, string? password, string? code, IPAddress? from)
    {
        var now = time.GetUtcNow();
        if (state.LockedUntil > now)
        {
            feed.Failed(account, "LOCKED_OUT", from);
            return Verdict.Locked;
        }

        if (password != Account.Password)
        {
            state.Wrong++;
            feed.Failed(account, "INVALID_CREDENTIALS", from);
            if (state.Wrong < MostWrong)
            {
                return Verdict.Wrong;
            }

            (state.Wrong, state.LockedUntil) = (0, now + LockedFor);
            feed.Locked(account, from);
            return Verdict.Locked;
        }

        if (state.Suspended)
        {
            feed.Failed(account, "USER_SUSPENDED", from);
            return Verdict.Suspended;
        }

        if (state.Secret is { } secret)
        {
            if (code is null)
            {
                feed.Challenged(account, from);
                return Verdict.CodeNeeded;
            }

            var fits = Totp.Fits(secret, now, code);
            feed.Factor(account, fits, from);
            if (!fits)
            {
                return Verdict.WrongCode;
            }
        }

        state.Wrong = 0;
        feed.SignedIn(account, from);
        return Verdict.SignedIn;
    }

    private State StateOf(Account account) => _states.GetOrAdd(account.Email, _ => new State());

    private sealed class State
    {
        public bool Suspended { get; set; }

        public int Wrong { get; set; }

        public DateTimeOffset? LockedUntil { get; set; }

        public byte[]? Secret { get; set; }
    }
}
