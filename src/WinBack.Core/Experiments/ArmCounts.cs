namespace WinBack.Core.Experiments;

/// <summary>A batch of customers of treatment and control whose time is over.</summary>
/// <param name="TreatedShare">Probability with which a customer of the two came into the treatment. Above 0 and below 1.</param>
public readonly record struct ArmCounts(
    double TreatedShare, long Treated, long TreatedSuccesses, long Control, long ControlSuccesses)
{
    public long Customers => Treated + Control;

    public long Successes => TreatedSuccesses + ControlSuccesses;
}
