using WinBack.IntegrationTests.Service;
using YamlDotNet.Serialization;

namespace WinBack.IntegrationTests.Ops;

/// <summary>The recording and alert rules of ops/prometheus.</summary>
internal static class PrometheusRules
{
    internal static readonly string Folder = Path.Combine(Repository.Root, "ops/prometheus");

    private static readonly List<Dictionary<object, object>> All =
    [
        .. Directory.GetFiles(Path.Combine(Folder, "rules"), "*.yml").SelectMany(Groups).SelectMany(group => (List<object>)group["rules"])
            .Cast<Dictionary<object, object>>(),
    ];

    internal static IEnumerable<string> Expressions => All.Select(rule => (string)rule["expr"]);

    internal static IEnumerable<string> Alerts => Named("alert");

    internal static IEnumerable<string> Records => Named("record");

    private static IEnumerable<string> Named(string kind) => All.Where(rule => rule.ContainsKey(kind)).Select(rule => (string)rule[kind]);

    private static IEnumerable<Dictionary<object, object>> Groups(string file) =>
        ((List<object>)new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(File.ReadAllText(file))["groups"])
            .Cast<Dictionary<object, object>>();
}
