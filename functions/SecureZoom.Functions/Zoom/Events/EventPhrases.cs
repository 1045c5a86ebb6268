namespace SecureZoom.Functions.Zoom.Events;

/// <summary>
/// What happened, in words, of events without a sentence of their own: by the rest of their names behind what they are about
/// (<see cref="EventNoun.Rest"/>). The places are those of <see cref="ZoomEventKind.Tells"/>.
/// </summary>
internal static class EventPhrases
{
    private const string Agent = "{people|an agent}";
    private const string Member = "{people|a member}";
    private const string User = "{people|a user}";

    /// <summary>What is done to a thing: its parts under other names than Zoom's, and where in it they are.</summary>
    private static readonly Dictionary<string, string> Things = new(StringComparer.Ordinal)
    {
        ["acl"] = "an access rule of",
        ["calendarlist"] = "a list entry of",
        ["cnam"] = "the caller name of",
        ["digital signage play"] = "the digital signage of",
        ["emergency address"] = "the emergency address of",
        ["inbound sla"] = "the inbound service level of",
        ["live streaming"] = "the live stream of",
        ["message"] = "a message in",
        ["monitor"] = "the monitoring of",
        ["operating hours"] = "the operating hours of",
        ["rtms"] = "the stream of live media of",
        ["share setting"] = "the share settings of",
        ["sharing"] = "the sharing of",
        ["status"] = "the status of",
        ["stream ingestion"] = "the stream ingestion of",
        ["takeover"] = "the takeover of",
        ["vod registration"] = "a registration for videos of",
        ["wrap up"] = "the wrap-up of",
    };

    /// <summary>Where something comes to, or from, by what is done; else it is the thing's.</summary>
    private static readonly Dictionary<string, string> Ways = new(StringComparer.Ordinal)
    {
        ["added"] = "to",
        ["assigned"] = "to",
        ["removed"] = "from",
        ["unassigned"] = "from",
    };

    private static readonly string[] Answers = ["accepted", "approved", "created", "declined", "rejected", "removed"];
    private static readonly string[] Ends = ["accepted", "canceled", "missed", "rejected"];
    private static readonly string[] Sides = ["caller", "callee"];

    /// <summary>By the words of a name; what of one thing alone has other words has the thing before them, behind a colon.</summary>
    private static readonly Dictionary<string, EventPhrase> Known = new(
        Ones.Concat(Sides.SelectMany(OfSide)).Select(one => KeyValuePair.Create(one.Words, one.Phrase)), StringComparer.Ordinal);

    /// <summary>Family by family.</summary>
    private static IEnumerable<(string Words, EventPhrase Phrase)> Ones =>
    [
        // Chats.
        ("member invited", Done(Member, "invited", " to {object}")),
        ("member removed", Done(Member, "removed", " from {object}")),
        ("member joined", By("joined {object}")),
        ("member left", By("left {object}")),
        ("app mention", Done("an app", "mentioned", " in {object}")),
        ("invitation approval requested", Done("an invitation[ of {invitee}] to {object}", "put up", " for approval")),
        .. Answers.Select(done =>
            ($"invitation {done}", Done("an invitation[ of {invitee}] to {object}", done == "removed" ? "revoked" : done))),
        ("join approval requested", Says("{requester|somebody} needs approval to join {object}")),
        ("join approved", Done("the request[ of {requester}] to join {object}", "approved")),
        ("join declined", Done("the request[ of {requester}] to join {object}", "declined")),
        ("join requested", Says("{requester|somebody} asked to join {object}")),
        ("actions", Says($"{User} used a button of {{object}}")),
        ("editable", Says($"{User} edited {{object}}")),
        ("fields editable", Says($"{User} edited a field of {{object}}")),
        ("select", Says($"{User} chose from a list in {{object}}")),
        // Sessions.
        ("user joined", Says($"{User} joined {{object}}")),
        ("user left", Says($"{User} left {{object}}")),
        ("sharing started", Says($"{User} started to share in {{object}}")),
        ("sharing ended", Says($"{User} stopped sharing in {{object}}")),
        ("user data", Says($"Zoom gathered figures of {User} in {{object}}")),
        ("user data summary", Says($"Zoom summed up the figures of {User} in {{object}}")),
        ("user qos", Says($"Zoom measured the connection of {User} to {{object}}")),
        ("user qos summary", Says($"Zoom summed up the connection of {User} to {{object}}")),
        ("user phone callout ringing", Says($"the phone of {User} rang for {{object}}")),
        ("user room system callout failed", Says("a call to a room system for {object} failed")),
        ("user room system callout ringing", Says("a room system rang for {object}")),
        .. Ends.SelectMany(done => new[]
        {
            ($"user phone callout {done}", Says($"a phone call to {User} for {{object}} was {done}")),
            ($"user room system callout {done}", Says($"a call to a room system for {{object}} was {done}")),
        }),
        ("stream ingestion unbind", Done("the stream ingestion of {object}", "unbound")),
        ("archive available", Says("an archive of {object} was available")),
        // Contact center.
        ("make call executed", Says($"a command to {User} to make a call in {{object}} was carried out")),
        ("end data ready", Says("the data of {object}, which is over, were ready")),
        ("consumer answered", Says("the consumer answered in {object}")),
        ("consumer ended", Says("the consumer ended {object}")),
        ("consumer notified", Says("the consumer was notified in {object}")),
        ("consumer sent file", Says("the consumer sent a file in {object}")),
        ("consumer sent message", Says("the consumer sent a message in {object}")),
        ("survey status", Says("Zoom told the status of a survey about {object}")),
        ("transfer timeout", Says("a transfer of {object} timed out")),
        ("upgrade expired", Says("an upgrade of {object} expired")),
        ("user answered", Says($"{Agent} answered {{object}}")),
        ("user dtmf sent", Says($"{Agent} sent tones in {{object}}")),
        ("user ended", Says($"{Agent} ended {{object}}")),
        ("user hold", Says($"{Agent} put {{object}} on hold")),
        ("user unhold", Says($"{Agent} took {{object}} off hold")),
        ("user muted", Says($"{Agent} was muted in {{object}}")),
        ("user unmuted", Says($"{Agent} was unmuted in {{object}}")),
        ("user sent file", Says($"{Agent} sent a file in {{object}}")),
        ("user sent message", Says($"{Agent} sent a message in {{object}}")),
        ("message status", Says("Zoom told the status of a message of {object}")),
        ("sms status", Says("Zoom told the status of a text message of {object}")),
        ("outbound campaign dialer status", Says("Zoom told the status of an outbound campaign of {object}")),
        ("agent assigned", Done(Agent, "assigned", " to {object} as an agent")),
        ("agent unassigned", Done(Agent, "unassigned", " from {object} as an agent")),
        ("supervisor assigned", Done("{people|a supervisor}", "assigned", " to {object} as a supervisor")),
        ("supervisor unassigned", Done("{people|a supervisor}", "unassigned", " from {object} as a supervisor")),
        ("entered queue", Says("{object} entered a queue")),
        ("exited queue", Says("{object} left a queue")),
        ("reservation timeout", Says("a reservation of {object} timed out")),
        ("login", Says("{object} signed in")),
        ("logout", Says("{object} signed out")),
        ("opt in", Says("{object} opted in")),
        ("opt out", Says("{object} opted out")),
        // Phone.
        ("call qos", Says("Zoom measured the quality of {object}")),
        ("qos", Says("Zoom measured the quality of {object}")),
        ("qos summary", Says("Zoom summed up the quality of {object}")),
        ("transfer call to voicemail initiated", Done("a transfer of {object} to voicemail", "initiated")),
        ("transfer recipient updated", Done("the recipient of a transfer of {object}", "changed")),
        ("registration", Says("Zoom told the registration of {object}")),
        ("generic device provision", Done("{object}", "provisioned")),
        ("completed for access member", Done("{object}", "completed", " for somebody who has access to it")),
        ("received for access member", Done("{object}", "received", " for somebody who has access to it")),
        ("failed", Says("{object} failed")),
        ("sent failed", Says("{object} could not be sent")),
        ("campaign number opt in", Says("a phone number opted in to text messages of a campaign")),
        ("campaign number opt out", Says("a phone number opted out of text messages of a campaign")),
        ("etiquette block", Done("{object}", "blocked", " by a rule of etiquette")),
        ("etiquette warn", Says("a rule of etiquette warned of {object}")),
        // Rooms, workspaces, visits.
        ("checked in", new EventPhrase("{actor} checked in at {object}", "there was a check-in at {object}")),
        ("checked out", new EventPhrase("{actor} checked out of {object}", "there was a check-out of {object}")),
        ("visit: checked in", Done("{people|a visitor}", "checked in", " for {object}")),
        ("visit: checked out", Done("{people|a visitor}", "checked out", " from {object}")),
        ("sensor data", Says("Zoom told sensor data of {object}")),
        ("thirdparty meeting attempted", Done("a meeting of another service", "tried", " in {object}")),
        ("user assigned", Done(User, "assigned", " to {object}")),
        ("user unassigned", Done(User, "unassigned", " from {object}")),
        // Servers.
        ("abnormal status", Says("the status of {object} was abnormal")),
        ("offline", Says("{object} went offline")),
        ("online", Says("{object} came online")),
        ("shutdown", Done("{object}", "shut down")),
        ("update available", Says("an update of {object} was available")),
        ("update failed", Says("an update of {object} failed")),
        ("update success", Says("an update of {object} succeeded")),
        ("concurrency near limit", Says("the streams of live media neared their limit")),
        // Mail, conversations.
        ("history event", Says("the history of {object} went on")),
        ("add moment", Done("a moment", "added", " to {object}")),
        ("remove moment", Done("a moment", "removed", " from {object}")),
        ("post comment completed", Done("a comment on {object}", "posted")),
        ("deal conversation associations changed", Done("the deals of {object}", "changed")),
    ];

    /// <summary>What is said of an event; null where its name says nothing that we can put into words.</summary>
    public static EventPhrase? Of(EventNoun about)
    {
        if (about.Verb is { } verb)
        {
            return Done("{object}", verb);
        }

        var rest = about.Rest;
        if ((Known.GetValueOrDefault($"{about.Noun}: {rest}") ?? Known.GetValueOrDefault(rest)) is { } known)
        {
            return known;
        }

        var last = rest.LastIndexOf(' ');
        var (thing, word) = (rest[..Math.Max(last, 0)], rest[(last + 1)..]);
        return word switch
        {
            "stat" => Says("Zoom told figures of {object}"),
            "alert" => Says($"{One(thing.EndsWith("stat", StringComparison.Ordinal) ? "" : thing, "alert")} of {{object}} was raised"),
            _ when last > 0 && EventNoun.Participle(word) is { } done => Things.GetValueOrDefault(thing) is { } called
                ? Done($"{called} {{object}}", done)
                : Ways.GetValueOrDefault(done) is { } way
                    ? Done(One(thing), done, $" {way} {{object}}")
                    : Done($"{One(thing)} of {{object}}", done),
            _ => null,
        };
    }

    /// <summary>What one of the two of a phone call does.</summary>
    private static IEnumerable<(string Words, EventPhrase Phrase)> OfSide(string side) => new (string Words, string Tells)[]
    {
        ("answered", "answered"),
        ("connected", "was connected"),
        ("ended", "ended it"),
        ("hold", "put it on hold"),
        ("meeting inviting", "invited to a meeting"),
        ("missed", "missed it"),
        ("mute", "went mute"),
        ("parked", "parked it"),
        ("rejected", "rejected it"),
        ("unhold", "took it off hold"),
        ("unmute", "was no longer mute"),
    }.Select(one => ($"{side} {one.Words}", Says($"the {side} of {{object}} {one.Tells}"))).Concat(
    [
        ($"{side} call element completed", Says($"the {side}'s part of {{object}} was completed")),
        ($"{side} call history completed", Says($"the {side}'s history of {{object}} was completed")),
        ($"{side} call log completed", Says($"the {side}'s log of {{object}} was completed")),
        ($"{side} ringing", Says($"{{object}} rang at the {side}'s")),
    ]);

    private static EventPhrase Done(string what, string verb, string tail = "")
    {
        // What stands behind the object is behind a bar.
        var parts = verb.Split('|');
        var were = !what.StartsWith('a') && IsPlural(what.Split(" of ")[0]) ? "were" : "was";
        return new EventPhrase($"{{actor}} {parts[0]} {what}{string.Concat(parts[1..])}{tail}", $"{what} {were} {string.Concat(parts)}{tail}");
    }

    /// <summary>Whose own deed it is by its nature.</summary>
    private static EventPhrase By(string deed) => new($"{{actor}} {deed}", $"{{people|somebody}} {deed}");

    /// <summary>The same, whether or not Zoom says by whom.</summary>
    private static EventPhrase Says(string tells) => new($"{tells}[, by {{operator}}]", tells);

    private static bool IsPlural(string thing) => thing is [.., not ('s' or 'i' or 'u'), 's'];

    /// <summary>With its article, which several have not.</summary>
    private static string One(params IEnumerable<string> words)
    {
        var thing = string.Join(' ', words.Where(word => word.Length > 0)).Replace("cpu", "CPU", StringComparison.Ordinal).Replace("nfs", "file system", StringComparison.Ordinal);
        return IsPlural(thing) ? thing : $"{EventNoun.Article(thing)} {thing}";
    }
}
