using System.Security.Cryptography;

namespace SecureZoom.Functions.Audit.Recording;

/// <summary>Gives an instance's events their numbers, when the message is formed that they go with.</summary>
internal sealed class Numbering(TimeProvider time)
{
    /// <summary>After so long without an event it begins anew: what was kept of its numbers may be gone before long.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromDays(7);

    /// <summary>How many streams one origin has: what is kept of them stands in one row.</summary>
    public const int MostStreams = 256;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);
    private Origin? _newest;

    /// <summary>The streams that numbers were given in.</summary>
    public IReadOnlyList<string> Streams
    {
        get
        {
            lock (_lock)
            {
                return [.. _places.Keys];
            }
        }
    }

    /// <summary>The next number of a stream. It says of those before it which have been given up.</summary>
    public EventNumber Next(string stream)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (!_places.TryGetValue(stream, out var place) || now - place.Origin.LastAt > Idle)
            {
                _places[stream] = place = new Place(OriginOfANewStream(now));
            }

            place.Origin.LastAt = now;
            var number = new EventNumber(place.Origin.Id, stream, place.Last + 1, now, place.GaveUp);
            (place.Last, place.GaveUp) = (number.Number, 0);
            return number;
        }
    }

    /// <summary>Takes the last number of a stream back: nothing went with it.</summary>
    public void TakeBack(EventNumber number) => Change(number, place =>
    {
        place.Last--;
        place.GaveUp += number.GaveUp;
    });

    /// <summary>Gives a number up: what went with it may not have come.</summary>
    public void GiveUp(EventNumber number) => Change(number, place => place.GaveUp += number.GaveUp + 1);

    private Origin OriginOfANewStream(DateTimeOffset now)
    {
        if (_newest is null || _newest.Streams == MostStreams || now - _newest.LastAt > Idle)
        {
            _newest = new Origin(now);
            foreach (var (stream, _) in _places.Where(place => now - place.Value.Origin.LastAt > Idle).ToList())
            {
                _places.Remove(stream);
            }
        }

        _newest.Streams++;
        return _newest;
    }

    private void Change(EventNumber number, Action<Place> change)
    {
        lock (_lock)
        {
            if (_places.TryGetValue(number.Stream, out var place) && place.Origin.Id == number.Origin)
            {
                change(place);
            }
        }
    }

    /// <summary>How far a stream has come.</summary>
    private sealed class Place(Origin origin)
    {
        public Origin Origin => origin;

        public long Last { get; set; }

        public long GaveUp { get; set; }
    }

    /// <summary>What the numbers of some streams begin with.</summary>
    private sealed class Origin(DateTimeOffset now)
    {
        public string Id { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

        public int Streams { get; set; }

        public DateTimeOffset LastAt { get; set; } = now;
    }
}
