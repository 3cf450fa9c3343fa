using WinBack.Core.Decisions;

namespace WinBack.Adapters.Redis;

/// <summary>What a decision was made from, as it was read.</summary>
public static class KeptInputs
{
    /// <exception cref="InvalidDataException">The touches are in no format of ours.</exception>
    /// <exception cref="Core.State.StateFormatException">The state is damaged, or of a newer version.</exception>
    public static CustomerSnapshot SnapshotOf(DecisionInputs inputs) =>
        CustomerSnapshot.Of(inputs.Customer, CapsHash.Read(inputs.Customer.Caps));
}
