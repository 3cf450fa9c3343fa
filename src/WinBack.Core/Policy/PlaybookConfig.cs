using WinBack.Core.Policy.Capacities;
using WinBack.Core.Policy.Experiments;
using WinBack.Core.Policy.Exploration;
using WinBack.Core.Policy.Priorities;
using WinBack.Core.Policy.Sequences;
using WinBack.Core.Policy.Valuation;
using WinBack.Core.Policy.Reasons;

namespace WinBack.Core.Policy;

/// <summary>A playbook as given; see docs/PLAYBOOKS.md. <see cref="PlaybookValidator"/> turns it into a model.</summary>
public sealed class PlaybookConfig
{
    /// <summary>Lower case letters, digits and underscores.</summary>
    public string Name { get; set; } = "";

    /// <summary>ISO 4217 code of every amount.</summary>
    public string Currency { get; set; } = "";

    /// <summary>
    /// How long a decision holds its places before it must be confirmed. 10 seconds to 1 day. Default 10 minutes: long
    /// enough for a sending system with a queue, short enough that a lost caller blocks a customer for minutes only.
    /// </summary>
    public TimeSpan Reservation { get; set; } = TimeSpan.FromMinutes(10);

    public ReasonsConfig Reasons { get; set; } = new();

    public LapseConfig Lapse { get; set; } = new();

    /// <summary>Per channel "allow" or "deny": what holds while consent is neither granted nor withdrawn. Default deny.</summary>
    public Dictionary<string, string> UnknownConsent { get; set; } = [];

    public SendWindowsConfig SendWindows { get; set; } = new();

    public SequenceConfig Sequence { get; set; } = new();

    public ValueConfig Value { get; set; } = new();

    public ArbitrationConfig Arbitration { get; set; } = new();

    public ExplorationConfig Exploration { get; set; } = new();

    public List<CapConfig> Caps { get; set; } = [];

    public PriorityConfig Priority { get; set; } = new();

    public List<ActionConfig> Actions { get; set; } = [];

    public List<CapacityConfig> Capacities { get; set; } = [];

    public HoldoutConfig Holdout { get; set; } = new();

    public List<ExperimentConfig> Experiments { get; set; } = [];

    /// <summary>Named sequences. A customer is in one at most; an action that no step names belongs to none.</summary>
    public List<TouchSequenceConfig> Sequences { get; set; } = [];

    /// <summary>A copy with other actions; all else is shared.</summary>
    internal PlaybookConfig With(List<ActionConfig> actions)
    {
        var copy = (PlaybookConfig)MemberwiseClone();
        copy.Actions = actions;
        return copy;
    }
}
