using System.Collections.ObjectModel;

namespace WinBack.Cli.Run;

/// <summary>What only the environment can tell a process that is started, if nobody wants it otherwise. The image says the same.</summary>
internal static class ServiceEnvironment
{
    /// <summary>Names and values.</summary>
    internal static ReadOnlyDictionary<string, string> Settings { get; } = new(new Dictionary<string, string>
    {
        // 128 MiB between garbage collections. What a decision allocates is garbage at once, and collecting it every 6 MiB costs a
        // quarter of its processor time (docs/PERFORMANCE.md).
        ["DOTNET_GCgen0size"] = "0x8000000",
        // glibc gives every thread an arena that is cut back whenever 128 KiB of it are free: what one thread of the Kafka client
        // gets and another gives back went to the kernel and came again, page by page (docs/PERFORMANCE.md).
        ["MALLOC_ARENA_MAX"] = "1",
    });

    /// <summary>Shell commands that set what is not set.</summary>
    internal static string Exports { get; } = string.Concat(Settings.Select(s => $"export {s.Key}=\"${{{s.Key}:-{s.Value}}}\"; "));
}
