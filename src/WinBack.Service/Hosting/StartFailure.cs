using WinBack.Adapters.Kafka;
using WinBack.Service.Embedded;
using WinBack.Trees.ModelFiles;

namespace WinBack.Service.Hosting;

/// <summary>What the operator can put right before a second start: told in plain words, without a stack trace.</summary>
internal static class StartFailure
{
    /// <summary>sysexits' EX_CONFIG.</summary>
    internal const int ExitCode = 78;

    /// <returns>Null for anything else, which is a fault of the program.</returns>
    internal static string? Describe(Exception e) => e switch
    {
        SettingException or TopicLayoutException or EmbeddedStartException => e.Message,
        ModelFormatException => "a model is refused: " + e.Message,
        _ => null,
    };
}
