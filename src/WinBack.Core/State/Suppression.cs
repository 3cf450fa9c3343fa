using System.Globalization;
using System.Text;
using WinBack.Core.Events;

namespace WinBack.Core.State;

/// <summary>
/// What took effect before any event could carry it (rules C1): channels closed at once, and erasure. It is laid over the
/// state when a customer is read, by the same registers as consent events, so that every rule and fence sees it, and a
/// consent granted later opens the channel again.
/// </summary>
/// <param name="EraseTime">Null unless the customer was erased.</param>
/// <param name="Channels">Since when each is closed (UTC), by channel.</param>
public sealed record Suppression(DateTimeOffset? EraseTime, IReadOnlyList<KeyValuePair<Channel, DateTimeOffset>> Channels)
{
    private const char Erased = 'e';

    public static Suppression None { get; } = new(null, []);

    public bool IsErased => EraseTime is not null;

    /// <summary>Reads what <see cref="ToString"/> wrote; "" is <see cref="None"/>.</summary>
    /// <exception cref="StateFormatException">The text is damaged, or of a newer program.</exception>
    public static Suppression Parse(string text)
    {
        if (text.Length == 0) return None;
        DateTimeOffset? erased = null;
        var channels = new List<KeyValuePair<Channel, DateTimeOffset>>();
        foreach (string entry in text.Split(';'))
        {
            int sign = entry.IndexOf('=');
            if (sign < 1 || !long.TryParse(entry.AsSpan(sign + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long timeMs))
                throw new StateFormatException($"'{text}' is no suppression");
            DateTimeOffset time = DateTimeOffset.FromUnixTimeMilliseconds(timeMs);
            if (entry[0] == Erased) erased = time;
            else if (int.TryParse(entry.AsSpan(0, sign), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                channels.Add(new((Channel)number, time));
            else throw new StateFormatException($"'{text}' is no suppression");
        }

        return new Suppression(erased, channels);
    }

    /// <summary>With these channels closed too, from that instant on.</summary>
    public Suppression With(IReadOnlyCollection<Channel> channels, DateTimeOffset time)
    {
        var all = Channels.Where(known => !channels.Contains(known.Key))
            .Concat(channels.Select(channel => KeyValuePair.Create(channel, time)))
            .OrderBy(entry => entry.Key).ToArray();
        return this with { Channels = all };
    }

    public Suppression WithErasure(DateTimeOffset time) => this with { EraseTime = EraseTime ?? time };

    /// <summary>Lays it over a state that nobody else has.</summary>
    public void ApplyTo(CustomerState state)
    {
        if (IsErased)
        {
            state.Erase();
            return;
        }

        if (state.IsErased) return;
        foreach ((Channel channel, DateTimeOffset time) in Channels)
            state.Facts.Write(new FactRegister(
                Fact.ConsentBase + (int)channel, time.ToUnixTimeMilliseconds(), uint.MaxValue, (long)Consent.Withdrawn, null));
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        if (EraseTime is { } erased) text.Append(CultureInfo.InvariantCulture, $"{Erased}={erased.ToUnixTimeMilliseconds()};");
        foreach ((Channel channel, DateTimeOffset time) in Channels)
            text.Append(CultureInfo.InvariantCulture, $"{(int)channel}={time.ToUnixTimeMilliseconds()};");
        return text.ToString().TrimEnd(';');
    }
}
