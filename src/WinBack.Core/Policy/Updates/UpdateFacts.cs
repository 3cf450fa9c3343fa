using System.Globalization;

namespace WinBack.Core.Policy.Updates;

/// <summary>What a message about an update names: first the problem that the customer told of, then the fix, then the window (rules A6).</summary>
internal static class UpdateFacts
{
    /// <summary>Sorted by name; none without an update.</summary>
    internal static IEnumerable<KeyValuePair<string, string>> Of(UpdateMatch match)
    {
        if (match.Current is not { } update) yield break;
        yield return new("update_id", update.Id);
        if (match.Problem.Length > 0) yield return new("update_problem", match.Problem);
        if (update.ReturnUntil is { } until)
            yield return new("update_return_until", until.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        yield return new("update_title", update.Title);
    }
}
