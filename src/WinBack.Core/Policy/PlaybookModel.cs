using WinBack.Core.Events;
using WinBack.Core.Policy.Capacities;
using WinBack.Core.Policy.Experiments;
using WinBack.Core.Policy.Exploration;
using WinBack.Core.Policy.Responses;
using WinBack.Core.Policy.Sequences;
using WinBack.Core.Policy.Valuation;
using WinBack.Core.Policy.Reasons;

namespace WinBack.Core.Policy;

/// <summary>A validated playbook: immutable, shared by all requests, swapped as a whole.</summary>
/// <param name="Version">Name and content hash, "default@3f2a91c07b5e4d18".</param>
/// <param name="UnknownConsent">Bit per <see cref="Channel"/>: set where unknown consent allows.</param>
/// <param name="SequenceCap">The cap that <see cref="Sequence"/> stands for; it is among the caps of every marketing action.</param>
public sealed record PlaybookModel(
    string Version,
    string Currency,
    TimeSpan Reservation,
    TimeSpan LapseThreshold,
    IReadOnlyDictionary<string, TimeSpan> LapseThresholdByCategory,
    TimeSpan MaxSilence,
    uint UnknownConsent,
    SequenceModel Sequence,
    CapUse SequenceCap,
    SendWindowsModel SendWindows,
    ValueModel Value,
    IReadOnlyList<FrequencyCap> Caps,
    IReadOnlyList<ActionModel> Actions,
    IReadOnlyList<TouchSequenceModel> Sequences)
{
    /// <summary>Units that are scarce over all customers (rules C6).</summary>
    public IReadOnlyList<CapacityModel> Capacities { get; init; } = [];

    /// <summary>The holdout and the experiments, at their stages.</summary>
    public ExperimentPlan Experiments { get; init; } = ExperimentPlan.None;

    /// <summary>How the reason of a lapse is weighed (rules L1).</summary>
    public required ReasonsModel Reasons { get; init; }

    public ArbitrationModel Arbitration { get; init; } = ArbitrationModel.Default;

    public ExplorationModel Exploration { get; init; } = ExplorationModel.Off;

    /// <summary>What is assumed of responses before any outcome.</summary>
    public ResponseValues PriorResponses { get; } = ResponseValues.Prior(Actions);

    /// <summary>The shortest time that an incentive of the playbook can be used.</summary>
    public TimeSpan ShortestOffer { get; } = Actions.Select(a => a.Offer).OfType<OfferModel>().Where(o => !o.IsReminder)
        .Select(o => o.Lasts).DefaultIfEmpty(TimeSpan.FromDays(1)).Min();

    /// <summary>How far ahead a touch of higher priority is looked for; zero for not at all.</summary>
    public TimeSpan PriorityLookahead { get; init; }

    public bool AllowsUnknownConsent(Channel channel) => (UnknownConsent & (1u << (int)channel)) != 0;
}
