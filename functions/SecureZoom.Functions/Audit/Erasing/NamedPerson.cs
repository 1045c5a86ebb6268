using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Zoom.Events;

namespace SecureZoom.Functions.Audit.Erasing;

/// <summary>
/// Everything by which one person is known in a trail: addresses, accounts (issuer and subject), pseudonyms, ids at Zoom, the full name.
/// </summary>
/// <remarks>
/// Only a verified sign-in tells of another address, account or name, and an identity provider of the account that it puts out; of what else a
/// provider tells only the account of an address counts, since people choose addresses there; whoever joins at Zoom tells what they like, so of
/// what is said there only the id beside one's own address or pseudonym counts.
/// </remarks>
internal sealed class NamedPerson
{
    private const int PseudonymLength = 32;

    /// <summary>Ids at Zoom have 22 characters; what is shorter names somebody within one meeting.</summary>
    private const int LeastZoomId = 16;

    /// <summary>The members of a person's detail that say who it is in every meeting.</summary>
    private static readonly string[] ZoomIds = ["id", "user_id", "participant_user_id", "member_id", "participant_id"];

    private readonly HashSet<string> _addresses = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<(string Issuer, string Subject)> _accounts = [];

    /// <summary>Subjects, pseudonyms and ids at Zoom: what names nobody else.</summary>
    private readonly HashSet<string> _ids = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="called">An address, a subject or a pseudonym. The latter two name somebody once a verified sign-in has told so (<see cref="IsSomebody"/>).</param>
    /// <param name="known">What was known before.</param>
    public NamedPerson(string called, KnownAs? known = null)
    {
        _addresses.UnionWith(known?.Addresses ?? []);
        _accounts.UnionWith(known?.Accounts.Select(account => (account.Issuer, account.Subject)) ?? []);
        _ids.UnionWith(known?.Ids ?? []);
        _names.UnionWith(known?.Names ?? []);
        Called = called.Trim();
        if (IsAddressed)
        {
            _addresses.Add(Called);
        }
    }

    public string Called { get; }

    /// <summary>Whether it is an address by which they are called.</summary>
    public bool IsAddressed => EmailAddress.Parse(Called) is not null;

    /// <summary>Whether it is a person: any other word than an address names somebody who has signed in, or nobody.</summary>
    public bool IsSomebody => IsAddressed || _accounts.Any(account => IsCalled(account.Issuer, account.Subject));

    public IReadOnlyCollection<(string Issuer, string Subject)> Accounts => _accounts;

    public KnownAs Known => new([.. _addresses], [.. _accounts.Select(account => new KnownAccount(account.Issuer, account.Subject))], [.. _ids], [.. _names]);

    /// <summary>Everything that names the person, as it is written.</summary>
    public IEnumerable<string> Words => [.. _addresses, .. _ids, .. _names];

    /// <summary>Every key that stands for the person (<see cref="Person.Key"/>).</summary>
    public IEnumerable<string> Keys => [.. Words.Select(word => word.ToLowerInvariant()), .. _accounts.Select(account => $"{account.Issuer}|{account.Subject}")];

    /// <summary>Learns from what the records say of people, until nothing new follows from it.</summary>
    public void Learn(IReadOnlyCollection<Sighting> sightings)
    {
        for (var before = -1; before < Count;)
        {
            before = Count;
            foreach (var one in sightings)
            {
                Learn(one);
            }
        }
    }

    /// <summary>Whether an account is the person's.</summary>
    public bool IsAccount(string? issuer, string? subject) => issuer is not null && subject is not null
        && (_accounts.Contains((issuer, subject)) || _ids.Contains(subject) || _ids.Contains(Caller.PseudonymOf(issuer, subject)) || IsCalled(issuer, subject));

    /// <summary>Whether a key stands for the person (<see cref="Person.Key"/>).</summary>
    public bool IsKey(string key) => IsCalled(key) || (key.Split('|', 2) is [var issuer, var subject] && IsAccount(issuer, subject));

    public bool IsAddress(string? address) => address is not null && _addresses.Contains(address.Trim());

    /// <summary>Whether a list of addresses, between commas or semicolons, has one of the person's.</summary>
    public bool IsAmong(string? addresses) => addresses?.Split([',', ';']).Any(IsAddress) is true;

    /// <summary>Whether it is the person whom a part is about.</summary>
    public bool Is(Person part) =>
        IsAddress(part.Email)
        || IsAccount(part.Issuer, part.Subject)
        || (part.Issuer is null && part.Subject is { } id && _ids.Contains(id))
        || IsCalled(part.Key)
        || part.Detail switch
        {
            JsonValue text => IsCalled(text.ToString()),
            JsonObject person => person.Any(member => member.Value is JsonValue value && IsMember(member.Key, value.ToString())),
            _ => false,
        };

    /// <summary>Whether a text holds what names the person, as words of their own.</summary>
    public bool IsIn(string text) => Words.Any(word => Holds(text, word));

    private int Count => _addresses.Count + _accounts.Count + _ids.Count + _names.Count;

    /// <summary>Whether an account is what the person is called by.</summary>
    private bool IsCalled(string issuer, string subject) =>
        !IsAddressed && (subject.Equals(Called, StringComparison.OrdinalIgnoreCase) || Caller.PseudonymOf(issuer, subject).Equals(Called, StringComparison.OrdinalIgnoreCase));

    /// <summary>A name alone is whoever bears it.</summary>
    private bool IsCalled(string? key) => key is not null && (IsAddress(key) || _ids.Contains(key) || _names.Contains(key));

    private bool IsMember(string member, string value) => member switch
    {
        "email" or "user_email" => IsAddress(value),
        "customer_key" => _ids.Contains(value),
        _ => ZoomIds.Contains(member) && value.Length >= LeastZoomId && _ids.Contains(value),
    };

    private void Learn(Sighting one)
    {
        if (one is { Issuer: { } issuer, Subject: { } subject } && (IsAddress(one.Email) || (!one.IsTold && IsAccount(issuer, subject))))
        {
            _accounts.Add((issuer, subject));
            _ids.Add(subject);
            _ids.Add(Caller.PseudonymOf(issuer, subject));
            if (EmailAddress.Parse(one.Email) is not null)
            {
                _addresses.Add(one.Email!.Trim());
            }

            // One word alone is others', too.
            if (one.Name?.Trim() is { } name && name.Contains(' ', StringComparison.Ordinal))
            {
                _names.Add(name);
            }
        }
        else if (one is { Issuer: null, ZoomId: { Length: >= LeastZoomId } id } && (IsAddress(one.Email) || (one.Pseudonym is { Length: PseudonymLength } pseudonym && _ids.Contains(pseudonym))))
        {
            _ids.Add(id);
        }
    }

    private static bool Holds(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + word.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end])))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What a part says of somebody.</summary>
    /// <param name="Issuer">Of a verified sign-in, or of an account that an identity provider tells of.</param>
    /// <param name="IsTold">Whether only what an identity provider tells by the way: an address has that account, and it says nothing of others that the account has.</param>
    public sealed record Sighting(string? Issuer, string? Subject, string? Email, string? Name, string? Pseudonym, string? ZoomId, bool IsTold = false)
    {
        /// <param name="isUser">Whether it is who was signed in.</param>
        public static Sighting Of(Person part, bool isUser)
        {
            var detail = part.Detail as JsonObject;
            return new Sighting(
                isUser ? part.Issuer : null,
                part.Subject,
                part.Email ?? ZoomDetails.Text(detail, "email", "user_email"),
                // Whoever goes by another's name says nothing of them.
                part.Namesake is true ? null : part.Name,
                ZoomDetails.Text(detail, "customer_key") ?? (isUser ? null : part.Subject),
                isUser ? null : ZoomIds.Select(name => ZoomDetails.Text(detail, name)).FirstOrDefault(id => id is { Length: >= LeastZoomId })
                    ?? (part.Issuer is null ? part.Subject : null));
        }
    }
}
