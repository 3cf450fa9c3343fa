namespace WinBack.Core.Experiments;

/// <summary>What counts as a success and when one is sure of it; fixed before the experiment begins (rules E1).</summary>
/// <param name="Within">How long after the first exposure it counts.</param>
/// <param name="Alpha">Probability of an alarm without cause, however often one looks.</param>
/// <param name="Tolerance">Of a gate: the loss of the success rate that is borne while it widens, as a difference of rates.</param>
/// <param name="MinExposures">Of a gate: customers of the treatment that a step needs, with their time over.</param>
public sealed record MetricModel(SuccessKind Success, TimeSpan Within, double Alpha, double Tolerance, int MinExposures);
