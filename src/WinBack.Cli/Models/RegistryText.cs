using WinBack.Core.Models;

namespace WinBack.Cli.Models;

/// <summary>A model of the registry, readable.</summary>
internal static class RegistryText
{
    internal static void Write(TextWriter text, ModelRecord model)
    {
        text.WriteLine($"{model.Name}");
        text.WriteLine($"  champion    {Shown(model.Champion)}");
        if (model.Challenger.Length > 0) text.WriteLine($"  challenger  {model.Challenger}");
        if (model.Canary is { } rollout) text.WriteLine(FormattableString.Invariant($"  canary      {rollout.Version} at {rollout.Percent} %"));
        if (model.PastChampions.Count > 0) text.WriteLine($"  before      {Shown(model.PastChampions[^1])}");
        text.WriteLine(FormattableString.Invariant($"  versions    {model.Versions.Count}"));
    }

    internal static void WriteVersions(TextWriter text, ModelRecord model, int most)
    {
        foreach (ModelVersion version in model.Versions.Reverse().Take(most))
        {
            string line = FormattableString.Invariant(
                $"  {version.Version}  {version.PushTime:yyyy-MM-dd HH:mm:ss}  {version.SizeBytes / 1024.0,8:N1} KiB  by {version.PushedBy}");
            text.WriteLine($"{line}  {string.Join(", ", PartsOf(model, version.Version))}".TrimEnd());
        }
    }

    private static string Shown(string champion) => champion.Length > 0 ? champion : "the model of the service's folder";

    private static IEnumerable<string> PartsOf(ModelRecord model, string version)
    {
        if (model.Champion == version) yield return "champion";
        if (model.Challenger == version) yield return "challenger";
        if (model.Canary?.Version == version) yield return FormattableString.Invariant($"canary at {model.Canary.Percent} %");
    }
}
