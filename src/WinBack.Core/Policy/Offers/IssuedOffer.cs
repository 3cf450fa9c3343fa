using System.Globalization;
using WinBack.Core.Policy.Sequences;

namespace WinBack.Core.Policy.Offers;

/// <summary>An offer that was sent to the customer, with the end it was sent with: later playbooks do not change it (rules S5).</summary>
/// <param name="EndTime">UTC.</param>
/// <param name="SentTime">UTC.</param>
public readonly record struct IssuedOffer(string Name, DateTimeOffset EndTime, DateTimeOffset SentTime)
{
    /// <summary>All that the ledger knows, in no order. What is only reserved is none of them.</summary>
    internal static List<IssuedOffer> AllOf(TouchHistory touches)
    {
        var found = new List<IssuedOffer>();
        foreach ((string key, IReadOnlyList<DateTimeOffset> times) in touches.SentByKey)
        {
            if (times.Count == 0 || !key.StartsWith(GuardKeys.OfferPrefix, StringComparison.Ordinal)) continue;
            string[] parts = key.Split('/');
            if (parts.Length == 3)
                found.Add(new IssuedOffer(
                    parts[1], DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(parts[2], CultureInfo.InvariantCulture)), times[^1]));
        }

        return found;
    }
}
