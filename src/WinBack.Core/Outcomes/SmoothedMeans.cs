namespace WinBack.Core.Outcomes;

/// <summary>
/// The direct model of <see cref="OffPolicyEvaluation"/>: mean reward of an option in a segment, drawn towards the option's
/// mean, and that towards the mean of all, as if <see cref="Strength"/> rewards of the wider mean had been seen.
/// </summary>
internal sealed class SmoothedMeans
{
    internal const double Strength = 20;

    private readonly Dictionary<string, (double Sum, double Count)> _options = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Option, string Segment), (double Sum, double Count)> _cells = [];
    private double _sum;
    private double _count;

    internal void Add(LoggedDecision decision)
    {
        _sum += decision.Reward;
        _count++;
        (double sum, double count) = _options.GetValueOrDefault(decision.Option);
        _options[decision.Option] = (sum + decision.Reward, count + 1);
        (string, string) cell = (decision.Option, decision.Segment);
        (sum, count) = _cells.GetValueOrDefault(cell);
        _cells[cell] = (sum + decision.Reward, count + 1);
    }

    internal double Of(string option, string segment)
    {
        double all = _count > 0 ? _sum / _count : 0;
        (double sum, double count) = _options.GetValueOrDefault(option);
        double ofOption = (sum + (Strength * all)) / (count + Strength);
        (sum, count) = _cells.GetValueOrDefault((option, segment));
        return (sum + (Strength * ofOption)) / (count + Strength);
    }
}
