using System.Text;
using WinBack.Core.Events;
using WinBack.Core.Policy.Reasons;
using WinBack.Core.State;

namespace WinBack.Core.Policy.Updates;

/// <summary>
/// All product updates, and the matching of customers to them: by the reason of the lapse, and by a tag that stands in the
/// customer's own words (of the cancellation or of the answer to the question why), both read as the text tagger reads words.
/// Only updates published after the customer left count: what was there before did not keep them. Immutable.
/// </summary>
public sealed class UpdateCatalogue
{
    private readonly Entry[] _entries;

    /// <param name="updates">In any order; their ids differ.</param>
    public UpdateCatalogue(IEnumerable<ProductUpdate> updates)
    {
        _entries = [.. updates.Select(update => new Entry(update, [.. update.Tags.Select(Normal)]))
            .OrderBy(entry => entry.Update.PublishTime).ThenBy(entry => entry.Update.Id, StringComparer.Ordinal)];
    }

    public static UpdateCatalogue Empty { get; } = new([]);

    public int Count => _entries.Length;

    /// <param name="reason">Why the customer left.</param>
    public UpdateMatch Match(CustomerState state, LapseReason reason, Lapse lapse, DateTimeOffset asOf)
    {
        if (_entries.Length == 0 || lapse.Since is not { } since || !lapse.IsLapsed) return UpdateMatch.None;
        string words = Normal($"{WordsSinceReturn(state, Fact.CancelReasonText)} . {WordsSinceReturn(state, Fact.AnswerText)}");
        UpdateMatch found = UpdateMatch.None;
        foreach (Entry entry in _entries)
        {
            ProductUpdate update = entry.Update;
            if (update.PublishTime <= since || !update.Cures(reason) || entry.TagIn(words) is not { } tag) continue;
            if (update.PublishTime > asOf) return found with { Next = update };
            found = new UpdateMatch(update, tag, null);
        }

        return found;
    }

    private static string WordsSinceReturn(CustomerState state, Fact fact) =>
        state.Facts.TimeMs(fact) < state.Instants[Instant.LastReengaged] ? "" : state.Facts.Text(fact) ?? "";

    /// <summary>Words with a space around each, so that "sync" is not found in "async".</summary>
    private static string Normal(string text)
    {
        var tokens = new TextTokens(text, stackalloc char[TextTokens.MaxChars], stackalloc int[TextTokens.MaxWords]);
        var words = new StringBuilder(" ");
        for (int i = 0; i < tokens.WordCount; i++) words.Append(tokens.Word(i)).Append(' ');
        return words.ToString();
    }

    private sealed record Entry(ProductUpdate Update, string[] Tags)
    {
        /// <returns>The first tag that stands in the words; "" when there are no tags; null when none of them does.</returns>
        internal string? TagIn(string words)
        {
            if (Tags.Length == 0) return "";
            for (int i = 0; i < Tags.Length; i++)
                if (Tags[i].Length > 1 && words.Contains(Tags[i], StringComparison.Ordinal)) return Update.Tags[i];
            return null;
        }
    }
}
