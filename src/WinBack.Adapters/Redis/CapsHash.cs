using System.Globalization;
using System.Text;
using StackExchange.Redis;
using WinBack.Core.Caps;
using WinBack.Core.Policy;

namespace WinBack.Adapters.Redis;

/// <summary>The caps hash of a customer, whose format Scripts/ledger.lua states.</summary>
internal static class CapsHash
{
    private const int Digits = 16;

    /// <param name="fields">Names and values, in any order.</param>
    internal static CapLedger Read(IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        if (fields.Count == 0) return CapLedger.Empty;
        long lastChange = 0;
        var stamps = new Dictionary<string, List<long>>(StringComparer.Ordinal);
        var impressions = new Dictionary<string, List<Impression>>(StringComparer.Ordinal);
        var counted = new Dictionary<Guid, CountedTouch>();
        var open = new List<CapReservation>();
        foreach ((string field, string value) in fields)
        {
            switch (field[0])
            {
                case 'c': lastChange = Time(value, 0); break;
                case 's': stamps.Add(field[2..], Stamps(value)); break;
                case 'i': impressions.Add(field[2..], Impressions(value)); break;
                case 't': counted.Add(Guid.ParseExact(field[2..], "D"), Touch(value)); break;
                case 'r':
                    open.Add(new CapReservation(
                        Guid.ParseExact(field[2..], "D"), Time(value, 1), Time(value, 0),
                        value[(2 * Digits)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)));
                    break;
                // Units of scarce capacities that a reservation spends: the ledger does not count them.
                case 'l': break;
                default: throw new InvalidDataException($"no such field in a caps hash: '{field}'");
            }
        }

        return CapLedger.Restore(lastChange, stamps, impressions, open, counted);
    }

    /// <summary>As reserve.lua keeps it: names and values in turns, a line each.</summary>
    internal static CapLedger ReadLines(string lines)
    {
        string[] parts = lines.Split('\n');
        var fields = new KeyValuePair<string, string>[parts.Length / 2];
        for (int i = 0; i < fields.Length; i++) fields[i] = new(parts[2 * i], parts[(2 * i) + 1]);
        return Read(fields);
    }

    /// <summary>What <see cref="ReadLines"/> reads: names and values in turns, a line each, in the order of the hash.</summary>
    internal static string Lines(IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        if (fields.Count == 0) return "";
        var text = new StringBuilder(64 * fields.Count);
        foreach ((string name, string value) in fields) text.Append(name).Append('\n').Append(value).Append('\n');
        return text.ToString(0, text.Length - 1);
    }

    /// <summary>The hash as it is.</summary>
    internal static KeyValuePair<string, string>[] FieldsOf(HashEntry[] entries)
    {
        var fields = new KeyValuePair<string, string>[entries.Length];
        for (int i = 0; i < fields.Length; i++) fields[i] = new(entries[i].Name.ToString(), entries[i].Value.ToString());
        return fields;
    }

    private static List<long> Stamps(string text)
    {
        var stamps = new List<long>(text.Length / Digits);
        for (int i = 0; i < text.Length / Digits; i++) stamps.Add(Time(text, i));
        return stamps;
    }

    private static List<Impression> Impressions(string text)
    {
        var seen = new List<Impression>(text.Length / (2 * Digits));
        for (int i = 0; i < text.Length / Digits; i += 2)
            seen.Add(new Impression(
                Time(text, i), ulong.Parse(text.AsSpan((i + 1) * Digits, Digits), NumberStyles.HexNumber, CultureInfo.InvariantCulture)));
        return seen;
    }

    private static CountedTouch Touch(string text)
    {
        string[] words = text[(2 * Digits)..].Split(' ');
        var counted = new (CapUnit, string)[(words.Length - 1) / 2];
        for (int i = 0; i < counted.Length; i++) counted[i] = (CapLetters.UnitOf(words[(2 * i) + 1][0]), words[(2 * i) + 2]);
        return new CountedTouch(Time(text, 0), Time(text, 1), CapLetters.HeardOf(words[0]), counted);
    }

    private static long Time(string text, int place) =>
        long.Parse(text.AsSpan(place * Digits, Digits), NumberStyles.None, CultureInfo.InvariantCulture);
}
