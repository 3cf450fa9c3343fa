using WinBack.Core.Policy;

namespace WinBack.Tests.Policy;

/// <summary>Playbooks for tests: valid, small, and worth sending (odds x 2 on a yearly value of at least 100).</summary>
internal static class TestPlaybook
{
    /// <summary>The feature vector that the playbooks are validated with.</summary>
    internal static readonly string[] Features = ["order_value", "orders_per_year", "visits"];

    internal static PlaybookConfig Config(params ActionConfig[] actions) => new()
    {
        Name = "test",
        Currency = "GBP",
        UnknownConsent = { ["email"] = "allow", ["print"] = "allow", ["advertisement"] = "allow" },
        Value = { OrderValue = "order_value", OrdersPerYear = "orders_per_year", Floor = 100 },
        Actions = actions.Length > 0 ? [.. actions] : [Email()],
    };

    internal static ActionConfig Email(string name = "mail") => Action(name, "email");

    internal static ActionConfig Action(string name, string channel) =>
        new() { Name = name, Channel = channel, Content = "c", ContactCost = 0.01m, ResponseOddsRatio = 2 };

    /// <summary>Rules are tried one at a time, on playbooks that as a whole would be refused: a discount and nothing before it.</summary>
    internal static PlaybookModel Model(PlaybookConfig config) => new PlaybookBuilder(config, Features).Build();
}
