using WinBack.Core.Events;
using WinBack.Core.Experiments;

namespace WinBack.Core.Policy.Experiments;

/// <summary>A validated experiment and the stage it is at.</summary>
/// <param name="Id">Name and salt.</param>
/// <param name="FirstBucket">Of its share of the layer.</param>
/// <param name="EndBucket">The first after it.</param>
/// <param name="Variants">In the order of the playbook; of a gated one, two.</param>
/// <param name="Start">UTC; first instant.</param>
/// <param name="End">UTC; first instant after it.</param>
public sealed record ExperimentModel(
    string Name,
    string Id,
    string Hypothesis,
    string Layer,
    int FirstBucket,
    int EndBucket,
    AudienceModel Audience,
    IReadOnlyList<VariantModel> Variants,
    MetricModel Metric,
    DateTimeOffset Start,
    DateTimeOffset End,
    bool IsGated,
    ExperimentStage Stage)
{
    private readonly string _layerSalt = "layer/" + Layer;
    private readonly string _variantSalt = "experiment/" + Id;

    public bool RunsAt(DateTimeOffset time) => Stage.Status == ExperimentStatus.Running && Start <= time && time < End;

    /// <summary>Whether the customer is in the experiment's share of its layer.</summary>
    public bool Reaches(CustomerId customer) =>
        SaltedHash.BucketOf(_layerSalt, customer) is var bucket && FirstBucket <= bucket && bucket < EndBucket;

    /// <summary>The customer's variant, whoever asks and whenever. The treatment of a gated one keeps whom it has as it widens.</summary>
    public VariantModel VariantOf(CustomerId customer)
    {
        int bucket = SaltedHash.BucketOf(_variantSalt, customer);
        if (IsGated) return bucket < SaltedHash.OfPercent(Stage.Percent) ? Treatment : Control;
        int at = 0;
        while (bucket >= Variants[at].Buckets) bucket -= Variants[at++].Buckets;
        return Variants[at];
    }

    /// <summary>Share of the experiment's customers that are in the variant. 0 to 1.</summary>
    public double ShareOf(VariantModel variant)
    {
        if (!IsGated) return (double)variant.Buckets / SaltedHash.Buckets;
        double treated = (double)SaltedHash.OfPercent(Stage.Percent) / SaltedHash.Buckets;
        return variant.IsControl ? 1 - treated : treated;
    }

    /// <summary>What is to be known to read its counts.</summary>
    public ExperimentDesign Design => new(
        Id, [.. Variants.Select(v => (v.Name, (double)v.Buckets / SaltedHash.Buckets))], VariantConfig.Control, IsGated, Metric);

    /// <summary>Of a gated one.</summary>
    internal VariantModel Treatment => Variants[0].IsControl ? Variants[1] : Variants[0];

    internal VariantModel Control => Variants[0].IsControl ? Variants[0] : Variants.First(v => v.IsControl);
}
