using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace WinBack.Core.Policy.Responses;

/// <summary>
/// What outcomes have taught about the response to actions, by action and segment. Immutable; nodes swap it as a whole.
/// <list type="bullet">
/// <item>Returns are counted against what the priors expected of the very customers who were touched, so that an action sent to
/// hopeless customers is not thought bad: ratio = (strength x wider ratio + returned) / (strength + expected), the mean of
/// a gamma posterior.</item>
/// <item>An action in a segment is drawn towards the segment, with its prior strength; the segment towards the whole, and the
/// whole towards 1, which is the prior, with a strength of <see cref="WiderStrength"/>.</item>
/// <item>What a whole segment returns more or less than expected says how far the win-back model is off there, and corrects
/// returns without contact as well: only what an action does beyond its segment is the action's.</item>
/// <item>Unsubscribing is rare: it is counted by action only, and the prior weighs as much as 1,000 touches.</item>
/// </list>
/// </summary>
public sealed class ResponseTable
{
    internal const double WiderStrength = 200;
    private const double UnsubscribeStrength = 1_000;

    private readonly Dictionary<(string Action, string Segment), ResponseCounts> _cells;
    private readonly Dictionary<string, ResponseCounts> _segments = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ResponseCounts> _actions = new(StringComparer.Ordinal);
    private readonly ResponseCounts _all;
    private readonly ConcurrentDictionary<(PlaybookModel, Segment), ResponseValues> _values = [];
    private readonly ResponseValues? _kept;

    /// <param name="cells">Counts by action and segment name.</param>
    public ResponseTable(IEnumerable<KeyValuePair<(string Action, string Segment), ResponseCounts>> cells)
    {
        _cells = new Dictionary<(string, string), ResponseCounts>(cells);
        foreach (((string action, string segment), ResponseCounts counts) in _cells)
        {
            _segments[segment] = _segments.GetValueOrDefault(segment) + counts;
            _actions[action] = _actions.GetValueOrDefault(action) + counts;
            _all += counts;
        }

        Version = _cells.Count == 0 ? "" : HashOf(_cells);
    }

    private ResponseTable(ResponseValues kept)
        : this([])
    {
        _kept = kept;
        Version = kept.Version;
    }

    /// <summary>The table as far as one decision needed it, to make that decision again.</summary>
    /// <param name="values">As they were kept with the decision; null when the playbook's priors were all.</param>
    public static ResponseTable Kept(ResponseValues? values) => values is null ? Empty : new ResponseTable(values);

    /// <summary>No outcomes yet.</summary>
    public static ResponseTable Empty { get; } = new([]);

    /// <summary>First 8 bytes of SHA-256 of the counts, hex; "" without any.</summary>
    public string Version { get; }

    /// <summary>Sum over everything.</summary>
    public ResponseCounts Total => _all;

    public IReadOnlyDictionary<(string Action, string Segment), ResponseCounts> Cells => _cells;

    /// <summary>The estimates for a customer of a segment.</summary>
    public ResponseValues For(PlaybookModel playbook, Segment segment)
    {
        if (_kept is not null) return _kept.For(playbook.Actions);
        if (_cells.Count == 0) return playbook.PriorResponses;
        if (_values.TryGetValue((playbook, segment), out ResponseValues? known)) return known;
        string name = Names.Of(segment);
        return _values.GetOrAdd(
            (playbook, segment), ResponseValues.Of(Version, OfSegment(name), playbook.Actions, action => Estimate(action, name)));
    }

    private ResponseEstimate Estimate(ActionModel action, string segment)
    {
        double wider = OfSegment(segment);
        ResponseCounts own = _cells.GetValueOrDefault((action.Name, segment));
        ResponseCounts sent = _actions.GetValueOrDefault(action.Name);
        return new ResponseEstimate(
            Ratio(own, wider, action.PriorStrength),
            (action.PriorStrength * wider) + own.Returned,
            ((UnsubscribeStrength * action.UnsubscribeProbability) + sent.Unsubscribed) / (UnsubscribeStrength + sent.Sent));
    }

    private double OfSegment(string segment) =>
        Ratio(_segments.GetValueOrDefault(segment), Ratio(_all, 1, WiderStrength), WiderStrength);

    private static double Ratio(ResponseCounts counts, double wider, double strength) =>
        ((strength * wider) + counts.Returned) / (strength + counts.Expected);

    private static string HashOf(Dictionary<(string Action, string Segment), ResponseCounts> cells)
    {
        var text = new StringBuilder();
        foreach (((string action, string segment), ResponseCounts c) in
            cells.OrderBy(cell => cell.Key.Action, StringComparer.Ordinal).ThenBy(cell => cell.Key.Segment, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"{action}/{segment} {c.Sent} {c.ExpectedPpm} {c.Returned} {c.Unsubscribed}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))[..8]);
    }
}
