namespace WinBack.Core.Policy.Sequences;

/// <summary>A validated step; see <see cref="StepConfig"/>.</summary>
/// <param name="Actions">Places of its actions in the playbook.</param>
/// <param name="SkipsResponded">Left out when the customer responded.</param>
public sealed record StepModel(
    string Name, TimeSpan At, TimeSpan Gap, IReadOnlyList<int> Actions, bool SkipsResponded, CappedPolicy OnCapped);
