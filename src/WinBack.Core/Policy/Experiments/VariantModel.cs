using WinBack.Core.Events;

namespace WinBack.Core.Policy.Experiments;

/// <summary>A validated variant: what it makes of the playbook's actions, worked out when the playbook is loaded.</summary>
/// <param name="Buckets">Its share, of <see cref="SaltedHash.Buckets"/>.</param>
/// <param name="Replaced">By place in the playbook: the action as this variant has it; null where it is unchanged.</param>
/// <param name="Added">By place: the action that is there in this variant although others have it not.</param>
/// <param name="Forbidden">By place: the action is not sent.</param>
/// <param name="ChannelOrder">Channels that are tried first; empty for none.</param>
public sealed record VariantModel(
    string Name,
    int Buckets,
    IReadOnlyList<ActionModel?> Replaced,
    IReadOnlyList<bool> Added,
    IReadOnlyList<bool> Forbidden,
    IReadOnlyList<Channel> ChannelOrder)
{
    public bool IsControl => Name == VariantConfig.Control;
}
