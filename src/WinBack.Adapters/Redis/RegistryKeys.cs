using StackExchange.Redis;

namespace WinBack.Adapters.Redis;

/// <summary>The names of a registry's keys. One hash tag: they lie in one slot and change together.</summary>
internal sealed class RegistryKeys
{
    private readonly string _tag;

    private RegistryKeys(string tag) => _tag = tag;

    internal static RegistryKeys Models { get; } = new("{models}");

    internal static RegistryKeys Playbooks { get; } = new("{playbooks}");

    internal static RegistryKeys Experiments { get; } = new("{experiments}");

    /// <summary>Hash: what each service node serves and has seen, by node; see <c>NodeModels</c> of the protos.</summary>
    internal static RedisKey Health { get; } = Models._tag + "h";

    /// <summary>Hash: how calibrated each model was on the latest labels, by model and source.</summary>
    internal static RedisKey Calibration { get; } = Models._tag + "c";

    /// <summary>Hash: how a challenger did in the shadow, by node and champion; see <c>ShadowReading</c> of the protos.</summary>
    internal static RedisKey Shadow(string model, string challenger) => Models._tag + "s:" + model + ":" + challenger;

    /// <summary>Revision and hash of the catalogue: what service nodes look at.</summary>
    internal RedisKey Stamp => _tag + "v";

    /// <summary>The catalogue as JSON.</summary>
    internal RedisKey Catalogue => _tag + "r";

    /// <summary>One audit entry as JSON.</summary>
    internal RedisKey Change(long revision) => _tag + "t:" + revision;

    /// <summary>What versions are made of: a <c>ModelArtifact</c> of the protos, or the text of a playbook.</summary>
    internal RedisKey Content(string sha256) => _tag + "b:" + sha256;
}
