namespace WinBack.Core.Policy.Exploration;

/// <summary>Validated <see cref="ExplorationConfig"/>.</summary>
public sealed record ExplorationModel(ExplorationMethod Method, double Floor, double NothingFloor, TimeSpan NothingRest)
{
    public static ExplorationModel Off { get; } = new(ExplorationMethod.Off, 0, 0, TimeSpan.FromDays(1));

    internal static ExplorationModel Of(ExplorationConfig config) => new(
        Names.TryParse(config.Method, out ExplorationMethod method)
            ? method
            : throw new InvalidOperationException($"'{config.Method}' passed validation"),
        config.Floor, config.NothingFloor, config.NothingRest);

    internal static void Check(ExplorationConfig config, FieldChecks check)
    {
        check.OneOf<ExplorationMethod>("exploration.method", config.Method);
        check.Range("exploration.floor", config.Floor, 0, 0.2, "", "E4");
        check.Range("exploration.nothing_floor", config.NothingFloor, 0, 0.5, "", "E4");
        check.Range("exploration.nothing_rest", config.NothingRest, TimeSpan.FromHours(1), TimeSpan.FromDays(30));
    }
}
