using System.Text.Json;

namespace WinBack.Core.Policy;

/// <summary>Names of enum members as playbooks and answers write them: snake_case.</summary>
public static class Names
{
    public static string Of<T>(T value)
        where T : struct, Enum => Table<T>.Names[value];

    /// <summary>False for anything that is not exactly one of <see cref="All{T}"/>.</summary>
    public static bool TryParse<T>(string? name, out T value)
        where T : struct, Enum => Table<T>.Values.TryGetValue(name ?? "", out value);

    /// <summary>All names, in the order of their numbers; members called None are left out.</summary>
    public static IReadOnlyCollection<string> All<T>()
        where T : struct, Enum => Table<T>.Values.Keys;

    private static class Table<T>
        where T : struct, Enum
    {
        internal static readonly Dictionary<T, string> Names = Enum.GetValues<T>()
            .ToDictionary(v => v, v => JsonNamingPolicy.SnakeCaseLower.ConvertName(v.ToString()));

        internal static readonly Dictionary<string, T> Values = Names
            .Where(pair => pair.Value != "none").ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
    }
}
