namespace WinBack.Core.Policy.Responses;

/// <summary>The estimates that one decision is made with: one an action, in the order of the playbook.</summary>
/// <param name="Version">Of the table they come from; "" for the playbook's priors.</param>
/// <param name="Calibration">Returns in the customer's segment, as a multiple of what the win-back model and the priors expect.</param>
/// <param name="Actions">Names of the actions.</param>
public sealed record ResponseValues(
    string Version, double Calibration, IReadOnlyList<string> Actions, IReadOnlyList<ResponseEstimate> Estimates)
{
    public ResponseEstimate this[int action] => Estimates[action];

    /// <summary>What the playbook assumes before any outcome.</summary>
    internal static ResponseValues Prior(IReadOnlyList<ActionModel> actions) => Of("", 1, actions, PriorOf);

    internal static ResponseValues Of(
        string version, double calibration, IReadOnlyList<ActionModel> actions, Func<ActionModel, ResponseEstimate> estimate) =>
        new(version, calibration, actions.Select(action => action.Name).ToArray(), actions.Select(estimate).ToArray());

    /// <summary>The same for the actions of another playbook; what is not known here is as that one assumes.</summary>
    internal ResponseValues For(IReadOnlyList<ActionModel> actions)
    {
        if (actions.Count == Actions.Count && actions.All(action => action.Name == Actions[action.Order])) return this;
        Dictionary<string, ResponseEstimate> known = Actions.Zip(Estimates).ToDictionary(one => one.First, one => one.Second, StringComparer.Ordinal);
        return Of(
            Version, Calibration, actions, action => known.TryGetValue(action.Name, out ResponseEstimate estimate) ? estimate : PriorOf(action));
    }

    private static ResponseEstimate PriorOf(ActionModel action) => new(1, action.PriorStrength, action.UnsubscribeProbability);
}
